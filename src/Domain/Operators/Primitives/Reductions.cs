using Backprop.Domain.Graphs;
using static Backprop.Domain.Operators.PrimitiveRows;

namespace Backprop.Domain.Operators;

/// <summary>Reductions along axes, scans, and the normalisations that are reductions at heart.</summary>
public static class Reductions
{
    /// <summary>Sum: its transpose repeats the cotangent.</summary>
    public static Primitive ReduceSumOp { get; } = Reduction("ReduceSum", Derivative.Linear((b, n, g, _) => b.Expand(Kept(b, n, g), n.Inputs[0].Shape)));

    /// <summary>Largest; equals share evenly.</summary>
    public static Primitive ReduceMaxOp { get; } = Reduction("ReduceMax", Weighted(EvenShare));

    /// <summary>Smallest; equals share evenly.</summary>
    public static Primitive ReduceMinOp { get; } = Reduction("ReduceMin", Weighted(EvenShare));

    /// <summary>ln Σ e^x, shifted by the largest: its derivative is the softmax e^(x−y).</summary>
    public static Primitive ReduceLogSumExpOp { get; } = new("ReduceLogSumExp",
        Weighted((b, n) => b.Exp(b.Sub(n.Inputs[0], Kept(b, n, n)))), BatchReduction, n => (4 * n.Inputs[0].Type.Count) + (2 * n.Type.Count));

    /// <summary>Position of the largest.</summary>
    public static Primitive ArgMaxOp { get; } = new("ArgMax", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Position of the smallest.</summary>
    public static Primitive ArgMinOp { get; } = new("ArgMin", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Positions of the k best.</summary>
    public static Primitive ArgTopKOp { get; } = new("ArgTopK", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Running sum: its transpose runs the other way.</summary>
    public static Primitive CumSumOp { get; } = new("CumSum",
        Derivative.Linear((b, n, g, _) => b.CumSum(g, n.Integer("axis"), n.Flag("exclusive"), !n.Flag("reverse"))), BatchAxis, n => n.Type.Count);

    /// <summary>Softmax y: the Jacobian is diag(y) − y·yᵀ, which is symmetric, so both modes are y·(v − Σ y·v).</summary>
    public static Primitive SoftmaxOp { get; } = new("Softmax", new Derivative(
        (b, n, g, _) => SoftmaxProduct(b, n, g),
        (b, n, t) => t[0] is { } d ? SoftmaxProduct(b, n, d) : null), BatchAxis, n => 5 * n.Type.Count);

    /// <summary>Log-softmax y: the Jacobian is I − 1·(e^y)ᵀ.</summary>
    public static Primitive LogSoftmaxOp { get; } = new("LogSoftmax", new Derivative(
        (b, n, g, _) => b.Sub(g, b.Mul(b.Exp(n), b.ReduceSum(g, [n.Integer("axis")], true))),
        (b, n, t) => t[0] is { } d ? b.Sub(d, b.ReduceSum(b.Mul(b.Exp(n), d), [n.Integer("axis")], true)) : null), BatchAxis, n => (5 * n.Type.Count) + Lines(n));

    /// <summary>A value of the reduction's shape with the reduced axes put back as extent 1.</summary>
    public static Node Kept(GraphBuilder b, Node node, Node value) =>
        b.Reshape(value, ReductionBuilding.Reduced(node.Inputs[0].Shape, node.Integers("axes"), true));

    /// <summary>The lines along the axis of a normalisation, each of which is normalised by itself.</summary>
    internal static long Lines(Node node) => node.Type.Count == 0 ? 0 : node.Type.Count / node.Shape[node.Integer("axis")];

    private static Primitive Reduction(string name, Derivative derivative) => new(name, derivative, BatchReduction, n => n.Integers("axes").Length == 0 ? 0 : n.Inputs[0].Type.Count);

    // y = f(x) whose derivative by each element is a weight: ∂y/∂x_i = w_i.
    private static Derivative Weighted(Func<GraphBuilder, Node, Node> weights) => new(
        (b, n, g, _) => b.Mul(Kept(b, n, g), weights(b, n)),
        (b, n, t) => t[0] is { } d ? b.ReduceSum(b.Mul(d, weights(b, n)), n.Integers("axes"), n.Flag("keepdims")) : null);

    private static Node EvenShare(GraphBuilder b, Node node)
    {
        Node mask = b.Cast(b.Equal(node.Inputs[0], Kept(b, node, node)), node.DType);
        return b.Div(mask, b.ReduceSum(mask, node.Integers("axes"), true));
    }

    private static Node SoftmaxProduct(GraphBuilder b, Node y, Node v) =>
        b.Mul(y, b.Sub(v, b.ReduceSum(b.Mul(y, v), [y.Integer("axis")], true)));

    private static Node BatchReduction(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Reduce(node.Op, inputs[0], [.. node.Integers("axes").Select(axis => axis + 1)], node.Flag("keepdims"));

    private static Node BatchAxis(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Make(node.Op, new TensorType(node.DType, Prepend(size, node.Shape)), inputs, ShiftedAxis(node));

    /// <summary>The attributes with the axis one further.</summary>
    internal static Dictionary<string, AttributeValue> ShiftedAxis(Node node) =>
        new(node.Attributes) { ["axis"] = node.Integer("axis") + 1L };
}
