using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Compilation;

/// <summary>Makes the instructions of a fused group; registers are reused after the last read of their value.</summary>
internal sealed class GroupAssembly(Graph graph, int[] indices, int[] members, Func<int, bool> isNeededOutside, CancellationToken cancellationToken)
{
    private readonly HashSet<int> inside = [.. members];
    private readonly List<int> operands = [];
    private readonly List<int> results = [];
    private readonly List<DType> registers = [];
    private readonly Dictionary<int, TileReference> where = [];
    private readonly Dictionary<int, int> uses = [];
    private readonly Stack<int>[] free = [[], [], [], []];

    /// <summary>The group of these members, given in ascending order.</summary>
    public FusedGroup Assemble()
    {
        foreach (int input in members.SelectMany(member => graph.Nodes[member].Inputs, (_, input) => indices[input.Id]).Where(inside.Contains))
        {
            uses[input] = uses.GetValueOrDefault(input) + 1;
        }

        TileInstruction[] instructions = Array.ConvertAll(members, Instruction);
        return new FusedGroup(graph.Nodes[members[0]].Shape, [.. operands], [.. results], [.. registers], instructions);
    }

    private TileInstruction Instruction(int member)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Node node = graph.Nodes[member];
        TileReference[] sources = Array.ConvertAll(node.Inputs, input => Source(indices[input.Id]));
        foreach (Node input in node.Inputs)
        {
            Release(indices[input.Id]);
        }

        TileReference target = Target(member, node.DType);
        where[member] = target;
        return new TileInstruction(node, sources, target);
    }

    private TileReference Source(int value)
    {
        if (!where.TryGetValue(value, out TileReference source))
        {
            where[value] = source = new TileReference(TileSource.Operand, operands.Count);
            operands.Add(value);
        }

        return source;
    }

    // A kernel may overwrite its operands element by element, so the node that reads a register last can take it for its result.
    private void Release(int value)
    {
        if (uses.ContainsKey(value) && --uses[value] == 0 && where[value].Source == TileSource.Register)
        {
            free[(int)graph.Nodes[value].DType].Push(where[value].Index);
        }
    }

    private TileReference Target(int member, DType dtype)
    {
        if (isNeededOutside(member))
        {
            results.Add(member);
            return new TileReference(TileSource.Result, results.Count - 1);
        }

        if (!free[(int)dtype].TryPop(out int register))
        {
            register = registers.Count;
            registers.Add(dtype);
        }

        return new TileReference(TileSource.Register, register);
    }
}
