using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>
/// Makes the passes of a group. A pass holds one phase, or part of it if the phase is long; values that later passes read are stored in the memory of
/// a tile, or directly in the result if other steps need them.
/// </summary>
internal sealed class LoopAssembly
{
    // More steps, or more long functions, would not fit in registers anyway, and compile time grows faster than their number.
    private const int MostSteps = 24;
    private const int MostLong = 4;
    private const int StretchBytes = 1 << 14;
    private const int MostJoined = 1 << 12;

    private readonly Graph graph;
    private readonly int[] members;
    private readonly LoopRoles roles;
    private readonly LoopLowering lowering;
    private readonly DType dtype;
    private readonly Func<int, bool> isNeededOutside;
    private readonly LoopCompiler compile;
    private readonly CancellationToken cancellationToken;
    private readonly Dictionary<int, LoopPointer> where = [];
    private readonly List<LoopResult> outputs = [];
    private readonly List<OperandShape> tiles = [];
    private readonly List<int> tileBytes = [];

    public LoopAssembly(
        Graph graph, int[] indices, int[] roots, LoopRoles roles, int[] members, Func<int, bool> isNeededOutside, LoopCompiler compile,
        CancellationToken cancellationToken)
    {
        (this.compile, this.cancellationToken) = (compile, cancellationToken);
        (this.graph, this.members, this.roles, this.isNeededOutside) = (graph, members, roles, isNeededOutside);
        dtype = roles.DType(members[0]);
        lowering = new LoopLowering(graph, indices, roots, roles);
    }

    /// <summary>The group of these members, given in ascending order.</summary>
    public FusedLoop Assemble()
    {
        foreach (int member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lowering.Add(member);
        }

        lowering.Sink();
        PlaceInputs();
        PlaceResults();
        List<int>[] passes = [.. Passes()];
        PlaceTiles(passes);
        Shape domain = roles.Domain(members[0]);
        bool hasRows = lowering.Values.Any(value => value.Shape == OperandShape.PerRow)
            || lowering.Inputs.Any(input => input.Shape == OperandShape.Elementwise && input.IsBroadcast(domain.Dims[..^1], domain[^1]));
        int joined = hasRows ? RowsJoined(domain) : 0;
        int columns = hasRows ? (int)domain.CountOf(domain.Rank - 1 - joined, domain.Rank) : (int)Math.Min(StretchBytes / dtype.Size(), domain.Count);
        Shape rows = hasRows ? Shape.Of(domain.Dims[..^(1 + joined)]) : Shape.Of((int)((domain.Count + columns - 1) / columns));
        LoopOperand[] inputs = [.. lowering.Inputs.Select(input => input with
        {
            RowStrides = !hasRows ? [columns] : input.Shape == OperandShape.Scalar ? input.RowStrides : input.RowStrides[..^joined],
        })];
        foreach ((int value, LoopPointer tile) in where.Where(index => index.Value.Location == MemoryLocation.Tile
            && lowering.Values[index.Key].IsGiven))
        {
            int input = lowering.Values[value].Input;
            inputs[input] = inputs[input] with { Tile = tile.Index };
        }

        return new FusedLoop(
            dtype, rows, columns, domain.Count, inputs, [.. outputs], [.. tiles], [.. tileBytes], Array.ConvertAll(passes, Pass));
    }

    // Rows over which every value continues or stays the same are joined into one long row: fewer rows have to be started.
    private int RowsJoined(Shape domain)
    {
        bool madeOfRows = lowering.Values.Any(value => value.Shape == OperandShape.PerRow && !value.IsGiven)
            || lowering.Inputs.Any(input => input.IndexOperand is not null);
        (int joined, long columns) = (0, domain[^1]);
        while (!madeOfRows && joined < domain.Rank - 1 && columns * domain[^(2 + joined)] <= MostJoined && lowering.Inputs.All(GoesOn))
        {
            joined++;
            columns *= domain[^(1 + joined)];
        }

        return joined;

        bool GoesOn(LoopOperand input) =>
            input.Shape == OperandShape.Scalar || input.RowStrides[^(1 + joined)] == (input.Shape == OperandShape.Elementwise ? columns : 0)
                || domain[^(2 + joined)] == 1;
    }

    private int Bytes(LoopValue value) => value.IsTruth ? 1 : dtype.Size();

    private void PlaceInputs()
    {
        for (int value = 0; value < lowering.Values.Count; value++)
        {
            if (lowering.Values[value] is { IsGiven: true } given)
            {
                // Gather indices have the loop's type once they are in a tile.
                where[value] = lowering.Inputs[given.Input].IndexOperand is not null
                    ? NewTile(given)
                    : new LoopPointer(MemoryLocation.Operand, given.Input, given.Shape, Bytes(given));
            }
        }
    }

    private void PlaceResults()
    {
        foreach (int member in members)
        {
            int number = lowering[member];
            LoopValue value = lowering.Values[number];
            if (isNeededOutside(member))
            {
                where[number] = new LoopPointer(MemoryLocation.Result, outputs.Count, value.Shape, Bytes(value));
                outputs.Add(new LoopResult(member, value.Shape, value.Fold));
            }
        }
    }

    private IEnumerable<List<int>> Passes()
    {
        foreach (IGrouping<int, int> phase in Enumerable.Range(0, lowering.Values.Count)
            .Where(value => !lowering.Values[value].IsGiven).GroupBy(value => lowering.Values[value].Phase).OrderBy(phase => phase.Key))
        {
            var pass = new List<int>();
            int longFunctions = 0;
            foreach (int value in phase.Where(value => !IsOwn(value)))
            {
                int more = LoopOperation.IsLong(lowering.Values[value].Function) ? 1 : 0;
                if (pass.Count == MostSteps || longFunctions + more > MostLong)
                {
                    yield return pass;
                    (pass, longFunctions) = ([], 0);
                }

                pass.Add(value);
                longFunctions += more;
            }

            if (pass.Count > 0)
            {
                yield return pass;
            }

            foreach (int value in phase.Where(IsOwn))
            {
                yield return [value];
            }
        }

        bool IsOwn(int value) => RowFolds.Contains(lowering.Values[value].Fold);
    }

    // A value that only one pass uses needs no memory. Memory is free again after the last pass that reads it.
    private void PlaceTiles(List<int>[] passes)
    {
        var lastRead = new Dictionary<int, int>();
        for (int pass = 0; pass < passes.Length; pass++)
        {
            foreach (int operand in passes[pass].SelectMany(value => lowering.Values[value].Operands))
            {
                lastRead[operand] = pass;
            }
        }

        ILookup<int, int> readLast = lastRead.ToLookup(read => read.Value, read => read.Key);
        var free = new Dictionary<(OperandShape Extent, int Bytes), Stack<LoopPointer>>();
        for (int pass = 0; pass < passes.Length; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int number in passes[pass].Where(number => !where.ContainsKey(number)))
            {
                LoopValue value = lowering.Values[number];
                if (lastRead.GetValueOrDefault(number, -1) > pass)
                {
                    where[number] = Free(value).TryPop(out LoopPointer tile) ? tile : NewTile(value);
                }
            }

            foreach (int number in readLast[pass].Where(number => where.TryGetValue(number, out LoopPointer at)
                && at.Location == MemoryLocation.Tile))
            {
                if (!lowering.Values[number].IsGiven)
                {
                    Free(lowering.Values[number]).Push(where[number]);
                }
            }
        }

        Stack<LoopPointer> Free(LoopValue value)
        {
            var key = (value.Shape, Bytes(value));
            return free.TryGetValue(key, out Stack<LoopPointer>? stack) ? stack : free[key] = new Stack<LoopPointer>();
        }
    }

    private LoopPointer NewTile(LoopValue value)
    {
        tiles.Add(value.Shape);
        tileBytes.Add(Bytes(value));
        return new LoopPointer(MemoryLocation.Tile, tiles.Count - 1, value.Shape, Bytes(value));
    }

    private LoopPass Pass(List<int> members)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isNarrow = lowering.Values[members[0]].Phase % 2 == 0;
        HashSet<int> inside = [.. members];
        int[] read = [.. members.SelectMany(member => lowering.Values[member].Operands).Distinct()
            .Where(operand => !inside.Contains(operand)).Order()];
        int[] written = [.. members.Where(where.ContainsKey)];

        // Numbers in order of first mention, so that the same loop in another graph has the same key.
        var numbers = new Dictionary<int, int>();
        LoopPort[] inputs = Array.ConvertAll(read, value => new LoopPort(AccessOf(value, isNarrow), lowering.Values[value].IsTruth, Number(value)));
        LoopStep[] steps = [.. members.Where(member => lowering.Values[member].Fold.Length == 0).Select(member => new LoopStep(
            lowering.Values[member].Function, Array.ConvertAll(lowering.Values[member].Operands, Number), Number(member)))];
        LoopPort[] outputs = Array.ConvertAll(written, Output);
        var body = new LoopBody(dtype, inputs, steps, outputs);
        LoopKernel kernel = compile(body, lowering.Values[members[0]].Epsilon, cancellationToken);
        return new LoopPass(body, [.. read.Concat(written).Select(value => where[value])], isNarrow, kernel);

        int Number(int value) => numbers.TryGetValue(value, out int number) ? number : numbers[value] = numbers.Count;

        LoopPort Output(int value)
        {
            LoopValue made = lowering.Values[value];
            return made.Fold.Length == 0
                ? new LoopPort(LoopAccess.Stream, made.IsTruth, Number(value))
                : new LoopPort(made.Shape == OperandShape.Scalar ? LoopAccess.Join : LoopAccess.Fold, false, Number(made.Operands[0]), made.Fold);
        }
    }

    private LoopAccess AccessOf(int value, bool isNarrow) => lowering.Values[value].Shape switch
    {
        OperandShape.Elementwise => LoopAccess.Stream,
        OperandShape.PerRow when isNarrow => LoopAccess.Stream,
        _ => LoopAccess.Splat,
    };
}
