using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Reductions along axes, scans, and the normalizations that are based on reductions.</summary>
public static class Reductions
{
    /// <summary>Sum: its transpose repeats the cotangent.</summary>
    public static Primitive ReduceSumOp { get; } = Reduction("ReduceSum",
        Derivative.Linear((b, n, g, _) => b.Expand(Kept(b, n, g), n.Inputs[0].Shape))) with
    { Movement = Movement.Moves };

    /// <summary>Largest; equal ones share evenly.</summary>
    public static Primitive ReduceMaxOp { get; } = Reduction("ReduceMax", Selected((b, x, y) => b.Less(x, y)));

    /// <summary>Smallest; equal ones share evenly.</summary>
    public static Primitive ReduceMinOp { get; } = Reduction("ReduceMin", Selected((b, x, y) => b.Greater(x, y)));

    /// <summary>
    /// ln Σ e^x, shifted by the maximum: its derivative is the softmax of x, which sums to one; that of e^(x−y) would not if y is large and so
    /// rounded coarsely.
    /// </summary>
    public static Primitive ReduceLogSumExpOp { get; } = new("ReduceLogSumExp",
        Weighted(Softmax), BatchReduction, n => (4 * n.Inputs[0].Type.Count) + (2 * n.Type.Count))
    { Movement = Movement.Reduces };

    /// <summary>Position of the largest.</summary>
    public static Primitive ArgMaxOp { get; } = new("ArgMax", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Position of the smallest.</summary>
    public static Primitive ArgMinOp { get; } = new("ArgMin", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Positions of the k best.</summary>
    public static Primitive ArgTopKOp { get; } = new("ArgTopK", Derivative.Zero, BatchAxis, n => n.Inputs[0].Type.Count);

    /// <summary>Running sum: its transpose runs the other way.</summary>
    public static Primitive CumSumOp { get; } = new("CumSum",
        Derivative.Linear((b, n, g, _) => b.CumSum(g, n.Integer("axis"), n.Flag("exclusive"), !n.Flag("reverse"))), BatchAxis, n => n.Type.Count)
    { Movement = Movement.Adds };

    /// <summary>Softmax y: the Jacobian is diag(y) − y·yᵀ, which is symmetric, so both modes are y·(v − Σ y·v), Σⱼ yᵢyⱼ(vᵢ − vⱼ).</summary>
    public static Primitive SoftmaxOp { get; } = new("Softmax", new Derivative(
        (b, n, g, _) => SoftmaxProduct(b, n, g),
        (b, n, t) => t[0] is { } d ? SoftmaxProduct(b, n, d) : null), BatchAxis, n => 5 * n.Type.Count);

    /// <summary>
    /// Log-softmax y: the Jacobian is I − 1·(e^y)ᵀ. The sum of a cotangent, which should be 0, leaves a rounding residue, which is attributed to the
    /// largest element.
    /// </summary>
    public static Primitive LogSoftmaxOp { get; } = new("LogSoftmax", new Derivative(
        (b, n, g, _) =>
        {
            Node p = b.Exp(n), product = b.Sub(g, b.Mul(p, b.ReduceSum(g, [n.Integer("axis")], true)));
            return b.Sub(product, b.Mul(p, b.ReduceSum(product, [n.Integer("axis")], true)));
        },
        (b, n, t) => t[0] is { } d ? Centred(b, b.Exp(n), d, n.Integer("axis")) : null), BatchAxis, n => (5 * n.Type.Count) + Lines(n));

    /// <summary>A value of the reduction's shape with the reduced axes restored as extent 1.</summary>
    public static Node Kept(GraphBuilder b, Node node, Node value) =>
        b.Reshape(value, ReductionBuilding.Reduced(node.Inputs[0].Shape, node.Integers("axes"), true));

    /// <summary>The lines along the axis of a normalization, each of which is normalized separately.</summary>
    internal static long Lines(Node node) => node.Type.Count == 0 ? 0 : node.Type.Count / node.Shape[node.Integer("axis")];

    private static Primitive Reduction(string name, Derivative derivative) =>
        new(name, derivative, BatchReduction, n => n.Integers("axes").Length == 0 ? 0 : n.Inputs[0].Type.Count);

    // y = f(x) whose derivative with respect to each element is a weight: ∂y/∂x_i = w_i.
    private static Derivative Weighted(Func<GraphBuilder, Node, Node> weights) => new(
        (b, n, g, _) => b.Mul(Kept(b, n, g), weights(b, n)),
        (b, n, t) => t[0] is { } d ? b.ReduceSum(b.Mul(d, weights(b, n)), n.Integers("axes"), n.Flag("keepdims")) : null);

    // A selection, not a factor of zero, as for two operands.
    private static Derivative Selected(Func<GraphBuilder, Node, Node, Node> isBeaten)
    {
        return new Derivative(
            (b, n, g, _) => Share(b, n, Kept(b, n, g)),
            (b, n, t) => t[0] is { } d ? b.ReduceSum(Share(b, n, d), n.Integers("axes"), n.Flag("keepdims")) : null);

        Node Share(GraphBuilder b, Node n, Node derivative) =>
            b.Where(isBeaten(b, n.Inputs[0], Kept(b, n, n)), b.Scalar(0, n.DType), b.Mul(derivative, EvenShare(b, n)));
    }

    // In between, the axes of the reduction are contiguous and joined into one.
    private static Node Softmax(GraphBuilder b, Node node)
    {
        Node x = node.Inputs[0];
        int[] axes = node.Integers("axes");
        if (axes.Length == 0 || x.Type.Count == 0)
        {
            return b.Full(x.Type, 1);
        }

        if (axes.Length == 1)
        {
            return b.Normalized(SoftmaxOp, x, axes[0]);
        }

        int[] kept = [.. ReductionBuilding.AllAxes(x).Except(axes)];
        int[] perm = [.. kept, .. axes];
        Node lines = b.Transpose(x, perm);
        Node flat = b.Reshape(lines, Shape.Of([.. kept.Select(axis => x.Shape[axis]), (int)ReductionBuilding.Extent(x, axes)]));
        Node weights = b.Reshape(b.Normalized(SoftmaxOp, flat, kept.Length), lines.Shape);
        return b.Transpose(weights, [.. Enumerable.Range(0, perm.Length).Select(axis => Array.IndexOf(perm, axis))]);
    }

    private static Node EvenShare(GraphBuilder b, Node node)
    {
        Node mask = b.Cast(b.Equal(node.Inputs[0], Kept(b, node, node)), node.DType);
        return b.Div(mask, b.ReduceSum(mask, node.Integers("axes"), true));
    }

    private static Node SoftmaxProduct(GraphBuilder b, Node y, Node v) => b.Mul(y, Centred(b, y, v, y.Integer("axis")));

    // v minus its mean by weights that sum to 1, then minus the mean of the result: if one weight is nearly 1, the mean is its v, and the difference
    // is only rounding.
    private static Node Centred(GraphBuilder b, Node weights, Node v, int axis)
    {
        Node near = b.Sub(v, b.ReduceSum(b.Mul(weights, v), [axis], true));
        return b.Sub(near, b.ReduceSum(b.Mul(weights, near), [axis], true));
    }

    private static Node BatchReduction(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Reduce(node.Op, inputs[0], [.. node.Integers("axes").Select(axis => axis + 1)], node.Flag("keepdims"));

    private static Node BatchAxis(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Make(node.Op, new TensorType(node.DType, Prepend(size, node.Shape)), inputs, ShiftedAxis(node));

    /// <summary>The attributes with the axis shifted by one.</summary>
    internal static Dictionary<string, AttributeValue> ShiftedAxis(Node node) =>
        new(node.Attributes) { ["axis"] = node.Integer("axis") + 1L };
}
