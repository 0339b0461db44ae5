using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// Running products, extremes and log-sum-exps along an axis, each built by <see cref="ScanBuilding"/>. The running sum is a primitive of its own.
/// </summary>
internal static class ScanRows
{
    private const string Steps = "for each step, and the elements of x past the first 1, 2, 4, … of the axis";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("CumProd", "x:N axis:I.", "exclusive:int=0 reverse:int=0", "the product of the others, summed over those behind", $"1 {Steps}", Product),
        Extreme("CumMax", "1 at the running maximum, of equal ones at the last", (b, later, earlier) => b.GreaterOrEqual(later, earlier)),
        Extreme("CumMin", "1 at the running minimum, of equal ones at the last", (b, later, earlier) => b.LessOrEqual(later, earlier)),
        Row("LogCumSumExp", "x:F", "axis:int=0 reverse:int=0", "the softmax of those so far", $"7 {Steps}",
            c => ScanBuilding.Scan(c.B, c.X, Axis(c), c.Flag("reverse"), (earlier, later) => LogAddExp(c.B, earlier, later))),
    ];

    private static int Axis(OperatorCall c) => ReductionBuilding.Axis(c.Int("axis"), c.X.Shape.Rank);

    // Products of products: unlike for y/x, derivatives of any order are right if factors are zero.
    private static Node Product(OperatorCall c)
    {
        int axis = ReductionBuilding.Axis(c.RequiredStatic("axis"), c.X.Shape.Rank);
        bool reverse = c.Flag("reverse");
        Node y = ScanBuilding.Scan(c.B, c.X, axis, reverse, c.B.Mul);
        return c.Flag("exclusive") ? ScanBuilding.Exclusive(c.B, y, axis, reverse, 1) : y;
    }

    // The positions are found first; cotangents go only to them.
    private static Operator Extreme(string name, string derivative, Func<GraphBuilder, Node, Node, Node> isKept) =>
        Rows(name, "x:N", "axis:int=0 reverse:int=0", "values indices", derivative, $"3 (float) or 1 (int64) {Steps}", c =>
        {
            GraphBuilder b = c.B;
            int axis = Axis(c);
            Node x = b.Unary(Elementwise.StopGradientOp, c.X);
            Node places = ScanBuilding.Places(b, x, axis, c.Flag("reverse"), (earlier, later) =>
            {
                Node kept = isKept(b, later, earlier);
                return x.DType.IsFloat() ? b.Or(kept, b.IsNaN(later)) : kept;
            });
            return [b.GatherElements(c.X, places, axis), places];
        });

    // ln(e^x + e^y) = max + softplus(min − max), written as a selection so that equal operands get half each; equal infinities have no difference.
    private static Node LogAddExp(GraphBuilder b, Node x, Node y)
    {
        Node isFirst = b.GreaterOrEqual(x, y), zero = b.Scalar(0, x.DType);
        Node larger = b.Where(isFirst, x, y), smaller = b.Where(isFirst, y, x);
        Node isNone = b.And(b.Equal(x, y), b.IsInf(x));
        return b.Add(larger, b.Unary(Elementwise.SoftplusOp, b.Where(isNone, zero, b.Sub(smaller, larger))));
    }
}
