using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Reductions, scans and selections along axes.</summary>
internal static class ReductionRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Reduction("ReduceSum", "N", "1", "elements of x", Sum),
        Reduction("ReduceMean", "F", "1/count", "elements of x + n", (c, axes, keep) => c.B.ReduceMean(c.X, axes, keep)),
        Reduction("ReduceMax", "A", "1 at the largest, equal ones share evenly", "elements of x", (c, axes, keep) =>
            Extreme(c, Reductions.ReduceMaxOp, axes, keep)),
        Reduction("ReduceMin", "A", "1 at the smallest, equal ones share evenly", "elements of x", (c, axes, keep) =>
            Extreme(c, Reductions.ReduceMinOp, axes, keep)),
        Reduction("ReduceProd", "N", "the product of the others", "elements of x - n", Product),
        Reduction("ReduceL1", "N", "sign(x)", "2 × elements of x", (c, axes, keep) => c.B.ReduceSum(c.B.Abs(c.X), axes, keep)),
        Reduction("ReduceL2", "F", "x/y, 0 where y = 0", "2 × elements of x + n, + n with epsilon", (c, axes, keep) =>
            c.B.Norm(c.X, axes, keep, c.Number("epsilon")), " epsilon:float=0"),
        Row("NormGrad", "g:F x:F norm:F", "",
            "by its definition: g·x/norm, 0 where the norm is 0; there x: the limit of g/norm, or NaN if there is none", "2n", c =>
            c.B.NormGrad(c[0], c[1], c[2])),
        Reduction("ReduceLogSum", "F", "1/Σx", "elements of x + n", (c, axes, keep) => c.B.Log(c.B.ReduceSum(c.X, axes, keep))),
        Reduction("ReduceLogSumExp", "F", "softmax(x)", "4 × elements of x + 2n", (c, axes, keep) =>
            c.B.Reduce(Reductions.ReduceLogSumExpOp, c.X, axes, keep)),
        Reduction("ReduceSumSquare", "N", "2x", "2 × elements of x", (c, axes, keep) => c.B.ReduceSum(c.B.Square(c.X), axes, keep)),
        Row("CumSum", "x:N axis:I.", "exclusive:int=0 reverse:int=0", "the running sum of g the other way", "n",
            c => c.B.CumSum(c.X, OperatorCall.ToInt("axis", c.RequiredStatic("axis")), c.Flag("exclusive"), c.Flag("reverse"))),
        Arg("ArgMax", Reductions.ArgMaxOp),
        Arg("ArgMin", Reductions.ArgMinOp),
        RowSyntax.Rows("TopK", "x:N k:I.", "axis:int=-1 largest:int=1 sorted:int=1", "values indices", "1 at the selected elements",
            "elements of x", TopK),
        Row("ArgTopK", "x:N", "axis:int=-1 k:int! largest:int=1", "none: the result is positions", "elements of x",
            c => c.B.ArgTopK(c.X, c.Int("k"), c.Int("axis"), c.Flag("largest"))),
    ];

    private static Operator Reduction(string name, string kind, string derivative, string flops, Func<OperatorCall, int[], bool, Node> build,
        string attributes = "") =>
        Row(name, $"x:{kind} axes:I?!", "keepdims:int=1 noop_with_empty_axes:int=0" + attributes, derivative, flops, c =>
            build(c, Axes(c), c.Flag("keepdims")));

    private static Operator Arg(string name, Primitive op) =>
        Row(name, "x:N", "axis:int=0 keepdims:int=1 select_last_index:int=0", "none: the result is positions", "elements of x",
            c => c.B.ArgReduce(op, c.X, c.Int("axis"), c.Flag("keepdims"), c.Flag("select_last_index")));

    // No axes means all of them, unless the graph states that nothing is reduced then.
    private static int[] Axes(OperatorCall c)
    {
        long[] axes = c.Ints("axes") ?? [];
        bool all = axes.Length == 0 && !c.Flag("noop_with_empty_axes");
        return all ? ReductionBuilding.AllAxes(c.X)
            : ReductionBuilding.Normalize(axes.Select(axis => OperatorCall.ToInt("axes", axis)), c.X.Shape.Rank);
    }

    private static Node Sum(OperatorCall c, int[] axes, bool keepdims) => c.B.ReduceSum(c.X, axes, keepdims);

    // For truth values: whether any, or all, are true.
    private static Node Extreme(OperatorCall c, Primitive op, int[] axes, bool keepdims) => c.X.DType == DType.Bool
        ? c.B.Cast(c.B.Reduce(op, c.B.Cast(c.X, DType.Int64), axes, keepdims), DType.Bool)
        : c.B.Reduce(op, c.X, axes, keepdims);

    // A tree of products: unlike for y/x, its derivatives of any order are right if factors are zero.
    private static Node Product(OperatorCall c, int[] axes, bool keepdims)
    {
        GraphBuilder b = c.B;
        int[] kept = [.. ReductionBuilding.AllAxes(c.X).Except(axes)];
        Node x = b.Transpose(c.X, [.. kept, .. axes]);
        int count = OperatorCall.ToInt("the number of factors", ReductionBuilding.Extent(c.X, axes));
        int rank = kept.Length;
        x = b.Reshape(x, Shape.Of([.. kept.Select(axis => c.X.Shape[axis]), count]));
        while (x.Shape[rank] > 1)
        {
            int half = x.Shape[rank] / 2;
            Node pairs = b.Mul(b.SliceAxis(x, rank, 0, half), b.SliceAxis(x, rank, half, half));
            x = x.Shape[rank] % 2 == 0 ? pairs : b.Concat([pairs, b.SliceAxis(x, rank, 2 * half, 1)], rank);
        }

        Shape shape = ReductionBuilding.Reduced(c.X.Shape, axes, keepdims);
        return count == 0 ? b.Full(new TensorType(x.DType, shape), 1) : b.Reshape(x, shape);
    }

    private static Node[] TopK(OperatorCall c)
    {
        int k = OperatorCall.ToInt("k", c.RequiredStatic("k"));
        Node positions = c.B.ArgTopK(c.X, k, c.Int("axis"), c.Flag("largest"));
        return [c.B.GatherElements(c.X, positions, c.Int("axis")), positions];
    }
}
