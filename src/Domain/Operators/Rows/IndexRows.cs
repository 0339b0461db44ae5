using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators;

/// <summary>Gathers and scatters.</summary>
internal static class IndexRows
{
    private const string Scatter = "data: g with the replaced elements zero (add: g); updates: g at the positions; mul, max, min: weighted by the other factors or the share";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Gather", "data:A indices:I", "axis:int=0", "g added at the positions", "0", c => c.B.Gather(c[0], c[1], c.Int("axis"))),
        Row("GatherElements", "data:A indices:I", "axis:int=0", "g added at the positions", "0", c => c.B.GatherElements(c[0], c[1], c.Int("axis"))),
        Row("GatherND", "data:A indices:I", "batch_dims:int=0", "g added at the positions", "0", c => c.B.GatherND(c[0], c[1], c.Int("batch_dims"))),
        Row("ScatterElements", "data:N indices:I updates:N", "axis:int=0 reduction:string=none", Scatter, "elements of updates, 0 where they replace",
            c => c.B.ScatterElements(c[0], c[1], c[2], c.Int("axis"), Reduction(c))),
        Row("Scatter", "data:N indices:I updates:N", "axis:int=0", "data: g with the replaced elements zero; updates: g at the positions", "0",
            c => c.B.ScatterElements(c[0], c[1], c[2], c.Int("axis"), "none")),
        Row("ScatterND", "data:N indices:I updates:N", "reduction:string=none", Scatter, "elements of updates, 0 where they replace",
            c => c.B.ScatterND(c[0], c[1], c[2], Reduction(c))),
        Row("OneHot", "indices:I depth:I. values:A", "axis:int=-1", "values: the sum of g off and on the positions", "n + 2 × elements of indices", OneHot),
    ];

    private static string Reduction(OperatorCall c) => c.Text("reduction", "none", "add", "mul", "max", "min");

    // Positions out of range select nothing (ONNX).
    private static Node OneHot(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int depth = OperatorCall.ToInt("depth", c.RequiredStatic("depth"));
        Node values = c[2].Shape.Equals(Shape.Of(2)) ? c[2] : throw new InvalidOperandException($"values of shape {c[2].Shape}, expected [off, on]", 2);
        int rank = c.X.Shape.Rank;
        int axis = ReductionBuilding.Axis(c.Int("axis"), rank + 1);
        Node position = b.Where(b.Less(c.X, b.Scalar(0, DType.Int64)), b.Add(c.X, b.Scalar(depth, DType.Int64)), c.X);
        int[] spread = [.. c.X.Shape.Dims[..axis], 1, .. c.X.Shape.Dims[axis..]];
        int[] along = LayoutBuilding.Ones(rank + 1);
        along[axis] = depth >= 0 ? depth : throw new InvalidOperandException($"depth is {depth}", 1);
        Node chosen = b.Equal(b.Reshape(position, Shape.Of(spread)), b.Reshape(b.Iota(depth), Shape.Of(along)));
        return b.Where(chosen, Value(1), Value(0));

        Node Value(int place) => b.Reshape(b.SliceAxis(values, 0, place, 1), Shape.Scalar);
    }
}
