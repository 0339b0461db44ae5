using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Sliding windows: cutting an axis into them, summing them, and finding the largest element of each.</summary>
public static class Windowing
{
    /// <summary>The windows of an axis, which is replaced with [count, size] (PyTorch's unfold): its transpose adds overlapping elements.</summary>
    public static Primitive UnfoldOp { get; } = new("Unfold", Derivative.Linear((b, n, g, _) =>
    {
        int axis = n.Integer("axis");
        return b.Fold(g, axis, n.Inputs[0].Shape[axis], n.Integer("stride"), n.Integer("dilation"));
    }), BatchAxis, Free)
    { Movement = Movement.Adds };

    /// <summary>Windows [count, size] summed at their positions (PyTorch's fold): its transpose cuts the windows out.</summary>
    public static Primitive FoldOp { get; } = new("Fold", Derivative.Linear(Unfolded), BatchAxis, n =>
        n.Inputs[0].Type.Count)
    { Movement = Movement.Adds };

    /// <summary>The position of the largest element of each window over the last axes.</summary>
    public static Primitive ArgMaxPoolOp { get; } = new("ArgMaxPool", Derivative.Zero,
        (b, n, inputs, _, size) => b.Make(n.Op, new TensorType(n.DType, Prepend(size, n.Shape)), inputs, n.Attributes),
        n => n.Integers("kernel_shape").Aggregate(n.Type.Count, (taps, extent) => taps * extent));

    // Elements after the last window belong to none.
    private static Node Unfolded(GraphBuilder b, Node n, Node g, int operand)
    {
        int axis = n.Integer("axis"), stride = n.Integer("stride"), dilation = n.Integer("dilation");
        (int count, int size) = (n.Inputs[0].Shape[axis], n.Inputs[0].Shape[axis + 1]);
        return b.Unfold(b.SliceAxis(g, axis, 0, ((count - 1) * stride) + ((size - 1) * dilation) + 1), axis, size, stride, dilation);
    }

    private static Node BatchAxis(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Make(node.Op, new TensorType(node.DType, Prepend(size, node.Shape)), inputs, Reductions.ShiftedAxis(node));
}
