using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>What a graph consists of besides operations.</summary>
public static class Structure
{
    /// <summary>A value that is fed.</summary>
    public static Primitive Input { get; } = new("Input", null, Unbatched, _ => 0);

    /// <summary>A value that belongs to the graph.</summary>
    public static Primitive Constant { get; } = new("Constant", null, Unbatched, _ => 0);

    /// <summary>True for nodes without operands.</summary>
    public static bool IsLeaf(this Node node) => node.Op == Input || node.Op == Constant;

    private static Node Unbatched(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        throw new InvalidOperationException($"{node.Op.Name} has no operand that could be batched.");
}
