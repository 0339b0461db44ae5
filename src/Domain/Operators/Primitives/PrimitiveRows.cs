using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>The notation of primitives, and what many of them share.</summary>
public static class PrimitiveRows
{
    /// <summary>An elementwise operation of one operand, with its derivative in terms of the operand x and the result y.</summary>
    public static Primitive Unary(string name, Func<GraphBuilder, Node, Node, Node> partial) =>
        Map(name, Derivative.Elementwise((b, n, _) => partial(b, n.Inputs[0], n)));

    /// <summary>An elementwise operation: one operation for each element of the result.</summary>
    public static Primitive Map(string name, Derivative derivative, Pushforward? forward = null) =>
        new(name, forward is null ? derivative : derivative with { Pushforward = forward }, BatchElementwise, n => n.Type.Count) { IsFusible = true };

    /// <summary>An elementwise operation whose result has no derivative or a zero one.</summary>
    public static Primitive Constant(string name) => new(name, Derivative.Zero, BatchElementwise, n => n.Type.Count) { IsFusible = true };

    /// <summary>No arithmetic: moves or selects elements.</summary>
    public static long Free(Node _) => 0;

    /// <summary>True if each element of the result depends only on the elements at its position.</summary>
    public static bool IsElementwise(this Node node) => node.Op.Batch == BatchElementwise;

    /// <summary>Ranks are aligned after the batch axis; broadcasting does the rest.</summary>
    public static Node BatchElementwise(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        var operands = new Node[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            operands[i] = batched[i] ? AlignRank(b, inputs[i], node.Shape.Rank + 1) : inputs[i];
        }

        return b.Make(node.Op, new TensorType(node.DType, Prepend(size, node.Shape)), operands, node.Attributes);
    }

    /// <summary>Inserts axes of extent 1 after the batch axis until the rank is reached.</summary>
    public static Node AlignRank(GraphBuilder b, Node x, int rank)
    {
        if (x.Shape.Rank == rank)
        {
            return x;
        }

        var dims = new int[rank];
        dims.AsSpan().Fill(1);
        dims[0] = x.Shape[0];
        x.Shape.Dims[1..].CopyTo(dims.AsSpan(rank - x.Shape.Rank + 1));
        return b.Reshape(x, Shape.Of(dims));
    }

    /// <summary>The operand with the batch axis, expanded over it if it had none.</summary>
    public static Node Materialize(GraphBuilder b, Node x, bool batched, int size) =>
        batched ? x : b.Expand(b.Reshape(x, Prepend(1, x.Shape)), Prepend(size, x.Shape));

    /// <summary>The shape with one more leading axis.</summary>
    public static Shape Prepend(int size, Shape shape) => Shape.Of([size, .. shape.Dims]);
}
