using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Selections whose extent depends on a value, which must therefore be known before anything runs: a constant or an input.</summary>
internal static class SelectionRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("NonZero", "x:A=", "", "none: the result is positions", "0", NonZero),
        Row("Compress", "input:A condition:B=", "axis:int", "1, put back among zeros", "0", Compress),
        RowSyntax.Rows("Unique", "x:A=", "axis:int sorted:int=1", "y indices inverse_indices counts",
            "none: the operand must be known before anything runs", "0", Unique),
    ];

    // The coordinates of all nonzero elements row by row, as many rows as x has axes.
    private static Node NonZero(OperatorCall c)
    {
        Tensor x = c.Known(0);
        int[] found = Chosen(c.B, x.Count, i => x[i] != 0);
        long[] strides = x.Shape.Strides();
        return c.B.Tabulated(
            new TensorType(DType.Int64, Shape.Of(x.Shape.Rank, found.Length)),
            i => found[i % found.Length] / strides[i / found.Length] % x.Shape[i / found.Length]);
    }

    private static Node Compress(OperatorCall c)
    {
        Tensor condition = c.Known(1);
        bool flat = c.OptionalInt("axis") is null;
        Node x = flat ? Flat(c.B, c.X) : c.X;
        int axis = flat ? 0 : ReductionBuilding.Axis(c.Int("axis"), x.Shape.Rank);
        if (condition.Shape.Rank != 1 || condition.Count > x.Shape[axis])
        {
            throw new InvalidOperandException($"condition of shape {condition.Shape} for axis {axis} of {x.Shape}", 1);
        }

        return c.B.Gather(x, Positions(c.B, Chosen(c.B, condition.Count, i => condition[i] != 0)), axis);
    }

    private static Node[] Unique(OperatorCall c)
    {
        GraphBuilder b = c.B;
        bool flat = c.OptionalInt("axis") is null;
        Node x = flat ? Flat(b, c.X) : c.X;
        int axis = flat ? 0 : ReductionBuilding.Axis(c.Int("axis"), x.Shape.Rank);
        double[][] slices = Slices(b, c.Known(0).Reshaped(x.Shape), axis);
        int[] order = Sorted(b, slices);

        // The sort is stable: the first of each run of equal values is the earliest.
        var runs = new List<List<int>>();
        foreach (int i in order)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (runs.Count == 0 || Lexicographic.Compare(slices[runs[^1][0]], slices[i]) != 0)
            {
                runs.Add([]);
            }

            runs[^1].Add(i);
        }

        runs = c.Flag("sorted") ? runs : [.. runs.OrderBy(run => run[0])];
        var inverse = new int[slices.Length];
        for (int group = 0; group < runs.Count; group++)
        {
            runs[group].ForEach(i => inverse[i] = group);
        }

        Node first = Positions(b, [.. runs.Select(run => run[0])]);
        return [b.Gather(x, first, axis), first, Positions(b, inverse), Positions(b, [.. runs.Select(run => run.Count)])];
    }

    private static Comparer<double[]> Lexicographic { get; } = Comparer<double[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y));

    // The positions of the selected elements.
    private static int[] Chosen(GraphBuilder b, int count, Func<int, bool> isChosen)
    {
        var places = new List<int>();
        for (int i = 0; i < count; i++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (isChosen(i))
            {
                places.Add(i);
            }
        }

        return [.. places];
    }

    // A sort wraps exceptions of its comparer.
    private static int[] Sorted(GraphBuilder b, double[][] slices)
    {
        var compared = Comparer<double[]>.Create((x, y) =>
        {
            b.Cancellation.ThrowIfCancellationRequested();
            return Lexicographic.Compare(x, y);
        });
        try
        {
            return [.. Enumerable.Range(0, slices.Length).OrderBy(i => slices[i], compared)];
        }
        catch (InvalidOperationException) when (b.Cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(b.Cancellation);
        }
    }

    private static double[][] Slices(GraphBuilder b, Tensor x, int axis)
    {
        (int extent, int inner) = (x.Shape[axis], (int)x.Shape.CountOf(axis + 1, x.Shape.Rank));
        int outer = (int)x.Shape.CountOf(0, axis);
        var slices = new double[extent][];
        for (int i = 0; i < extent; i++)
        {
            int slice = i;
            slices[i] = b.Computed(outer * inner, j => x[(((j / inner * extent) + slice) * inner) + (j % inner)]);
        }

        return slices;
    }

    private static Node Flat(GraphBuilder b, Node x) => b.Reshape(x, Extents.ToShape([x.Type.Count]));

    private static Node Positions(GraphBuilder b, int[] positions) => b.Constant(Tensor.Vector(Array.ConvertAll(positions, i => (long)i)));
}
