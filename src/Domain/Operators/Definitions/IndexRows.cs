using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Gathers and scatters.</summary>
internal static class IndexRows
{
    private const string Scatter = "data: g with the replaced elements zero (add: g); updates: g at the positions; mul, max, min: weighted by the " +
        "other factors or the share";

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
        Row("TensorScatter", "past_cache:N update:N write_indices:I?", "axis:int=-2 mode:string=linear",
            "past_cache: g with the replaced elements zero; update: g at the positions",
            "batch × sequence, twice as many for mode circular", TensorScatter),
        Row("OneHot", "indices:I depth:I. values:A", "axis:int=-1", "values: the sum of g off and on the positions", "n + 2 × elements of indices",
            OneHot),
    ];

    // For each sequence of the batch, elements from its own position on; a circular one wraps around at its end.
    private static Node TensorScatter(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (Shape cache, Shape update) = (c[0].Shape, c[1].Shape);
        int axis = ReductionBuilding.Axis(c.Int("axis"), cache.Rank);
        bool fits = axis > 0 && update.Rank == cache.Rank && Enumerable.Range(0, cache.Rank)
            .All(i => i == axis ? update[i] <= cache[i] : update[i] == cache[i]);
        if (!fits || (c.Optional(2) is { } given && !given.Shape.Equals(Shape.Of(cache[0]))))
        {
            throw new InvalidOperandException($"past_cache {cache}, update {update} and write_indices {c.Optional(2)?.Shape}: an update of fewer " +
                $"elements along axis {axis}, and a position for each of the batch, are expected");
        }

        int[] across = LayoutBuilding.Ones(cache.Rank), along = LayoutBuilding.Ones(cache.Rank);
        (across[0], along[axis]) = (cache[0], update[axis]);
        Node start = c.Optional(2) ?? b.Full(new TensorType(DType.Int64, Shape.Of(cache[0])), 0);
        Node places = b.Add(b.Reshape(start, Shape.Of(across)), b.Reshape(b.Iota(update[axis]), Shape.Of(along)));
        if (c.Text("mode", "linear", "circular") == "circular" && cache[axis] > 0)
        {
            places = b.Mod(places, b.Scalar(cache[axis], DType.Int64), false);
        }

        return b.ScatterElements(c[0], b.Expand(places, update), c[1], axis, "none");
    }

    private static string Reduction(OperatorCall c) => c.Text("reduction", "none", "add", "mul", "max", "min");

    // Positions out of range select nothing (ONNX).
    private static Node OneHot(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int depth = OperatorCall.ToInt("depth", c.RequiredStatic("depth"));
        Node values = c[2].Shape.Equals(Shape.Of(2)) ? c[2]
            : throw new InvalidOperandException($"values of shape {c[2].Shape}, expected [off, on]", 2);
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
