using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Operators that depend on the order of elements along an axis. Sorts are stable; NaN is the largest.</summary>
internal static class OrderRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("Sort", "x:N", "axis:int=-1 descending:int=0", "values indices", "g in the old places", "elements of x", Sort),
        Row("Quantile", "x:F q:F'=", "axis:int keepdims:int=0 interpolation:string=linear",
            "the weights of the two elements around the quantile",
            "elements of x + a check for each line; 3n more if a quantile lies between elements", Quantile),
    ];

    private static Node[] Sort(OperatorCall c)
    {
        int axis = ReductionBuilding.Axis(c.Int("axis"), c.X.Shape.Rank);
        Node places = c.B.ArgTopK(c.X, c.X.Shape[axis], axis, c.Flag("descending"));
        return [c.B.GatherElements(c.X, places, axis), places];
    }

    // As in NumPy: the quantiles of several q are along a new first axis, and those of a line with a NaN are NaN.
    private static Node Quantile(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Tensor q = c.Known(1);
        bool isFlat = c.OptionalInt("axis") is null;
        Node x = isFlat ? b.Reshape(c.X, Extents.ToShape([c.X.Type.Count])) : c.X;
        int axis = isFlat ? 0 : ReductionBuilding.Axis(c.Int("axis"), x.Shape.Rank), last = x.Shape[axis] - 1;
        if (q.Shape.Rank > 1 || last < 0 || Enumerable.Range(0, q.Count).Any(i => !(q[i] >= 0 && q[i] <= 1)))
        {
            throw new InvalidOperandException($"q must be one number or a vector, from 0 to 1, and axis {axis} of {x.Shape} must not be empty", 1);
        }

        double[] places = [.. Enumerable.Range(0, q.Count)
            .Select(i => Place(q[i] * last, c.Text("interpolation", "linear", "lower", "higher", "nearest", "midpoint")))];
        Node sorted = b.GatherElements(x, b.ArgTopK(x, last + 1, axis, false), axis);
        Node y = b.Gather(sorted, Positions(b, places.Select(Math.Floor)), axis);
        if (places.Any(place => place != Math.Floor(place)))
        {
            int[] along = LayoutBuilding.Ones(x.Shape.Rank);
            along[axis] = places.Length;
            Node above = b.Gather(sorted, Positions(b, places.Select(Math.Ceiling)), axis);
            y = b.Add(y, b.Mul(b.Tabulated(new TensorType(x.DType, Shape.Of(along)), i => places[i] - Math.Floor(places[i])), b.Sub(above, y)));
        }

        // NaN is the largest.
        Node largest = b.SliceAxis(sorted, axis, last, 1);
        return Arranged(c, b.Where(b.IsNaN(largest), largest, y), axis, q.Shape.Rank == 0);
    }

    private static Node Arranged(OperatorCall c, Node y, int axis, bool isOne)
    {
        GraphBuilder b = c.B;
        Node first = b.MoveAxis(y, axis, 0);
        int[] lines = [.. first.Shape.Dims[1..]];
        if (c.Flag("keepdims"))
        {
            lines = c.OptionalInt("axis") is null ? LayoutBuilding.Ones(c.X.Shape.Rank) : [.. lines[..axis], 1, .. lines[axis..]];
        }

        return b.Reshape(first, Shape.Of(isOne ? lines : [first.Shape[0], .. lines]));
    }

    private static double Place(double place, string interpolation) => interpolation switch
    {
        "lower" => Math.Floor(place),
        "higher" => Math.Ceiling(place),
        "nearest" => Math.Round(place),
        "midpoint" => (Math.Floor(place) + Math.Ceiling(place)) / 2,
        _ => place,
    };

    private static Node Positions(GraphBuilder b, IEnumerable<double> places) => b.Constant(Tensor.Vector([.. places.Select(place => (long)place)]));
}
