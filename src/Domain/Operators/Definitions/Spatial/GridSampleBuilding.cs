using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>
/// Samples at positions that are themselves values (Jaderberg et al., Spatial transformer networks, 2015), for any number of spatial axes: along
/// each, a few taps with a weight and a position, multiplied out. The derivative with respect to positions passes through the weights.
/// </summary>
internal sealed class GridSampleBuilding
{
    private const double CubicA = -0.75;
    private readonly GraphBuilder b;
    private readonly Node x;
    private readonly Node grid;
    private readonly string mode;
    private readonly string padding;
    private readonly bool alignCorners;

    private GridSampleBuilding(OperatorCall c)
    {
        (b, x, grid) = (c.B, c.X, c[1]);
        mode = c.Text("mode", "linear", "nearest", "cubic", "bilinear", "bicubic") is var given && given.StartsWith("bi", StringComparison.Ordinal)
            ? given[2..] : given;
        padding = c.Text("padding_mode", "zeros", "border", "reflection");
        alignCorners = c.Flag("align_corners");
    }

    private sealed record Tap(Node Index, Node? Weight);

    /// <summary>X [N, C, D1 … Dr] at a grid [N, O1 … Or, r], whose coordinates range from −1 to 1, the last axis first.</summary>
    public static Node Build(OperatorCall c)
    {
        (Shape x, Shape grid) = (c.X.Shape, c[1].Shape);
        int spatial = x.Rank - 2;
        bool fits = spatial is >= 1 and <= 3 && grid.Rank == x.Rank && grid[^1] == spatial && grid[0] == x[0] && !x.Dims[2..].Contains(0);
        return fits
            ? new GridSampleBuilding(c).Sampled(spatial)
            : throw new InvalidOperandException($"X of shape {x} and a grid of shape {grid}: [N,C,D1…Dr] and [N,O1…Or,r] are expected", 1);
    }

    private Node Sampled(int spatial)
    {
        int points = OperatorCall.ToInt("the number of points", grid.Shape.CountOf(1, grid.Shape.Rank - 1));
        int pixels = OperatorCall.ToInt("the number of elements", x.Shape.CountOf(2, x.Shape.Rank));
        (int samples, int channels) = (x.Shape[0], x.Shape[1]);
        Node flat = b.Reshape(x, Shape.Of(samples, channels, pixels));
        Node positions = b.Reshape(grid, Shape.Of(samples, points, spatial));
        IEnumerable<Tap> all = [new Tap(b.Scalar(0, DType.Int64), null)];
        for (int axis = 0; axis < spatial; axis++)
        {
            int extent = x.Shape[2 + axis];
            Tap[] own = Taps(b.Reshape(b.SliceAxis(positions, 2, spatial - 1 - axis, 1), Shape.Of(samples, points)), extent);
            bool first = axis == 0;
            all = [.. all.SelectMany(outer => own.Select(inner => first ? inner : Joined(outer, inner, extent)))];
        }

        Node y = all.Select(tap => Picked(flat, tap)).Aggregate(b.Add);
        return b.Reshape(y, Shape.Of([samples, channels, .. grid.Shape.Dims[1..^1]]));
    }

    private Tap Joined(Tap outer, Tap inner, int extent) => new(
        b.Add(b.Mul(outer.Index, b.Scalar(extent, DType.Int64)), inner.Index),
        outer.Weight is null ? inner.Weight : inner.Weight is null ? outer.Weight : b.Mul(outer.Weight, inner.Weight));

    private Node Picked(Node flat, Tap tap)
    {
        (int samples, int points) = (tap.Index.Shape[0], tap.Index.Shape[1]);
        Node places = b.Expand(b.Reshape(tap.Index, Shape.Of(samples, 1, points)), Shape.Of(samples, flat.Shape[1], points));
        Node value = b.GatherElements(flat, places, 2);
        return tap.Weight is null ? value : b.Mul(value, b.Reshape(tap.Weight, Shape.Of(samples, 1, points)));
    }

    // The taps of one axis. Padding and reflection move the position itself, except for cubic, where they move each tap (PyTorch).
    private Tap[] Taps(Node coordinate, int extent)
    {
        Node position = b.Plus(b.Times(coordinate, (alignCorners ? extent - 1 : extent) / 2.0), (extent - 1) / 2.0);
        position = mode == "cubic" ? position : Inside(position, extent);
        if (mode == "nearest")
        {
            return [At(b.Unary(Piecewise.RoundOp, position), null, extent)];
        }

        Node left = b.Floor(position);
        Node ratio = b.Sub(position, left);
        return mode == "linear"
            ? [At(left, b.Sub(b.Scalar(1, x.DType), ratio), extent), At(b.Plus(left, 1), ratio, extent)]
            : [
                At(b.Plus(left, -1), Far(b.Plus(ratio, 1)), extent), At(left, Near(ratio), extent),
                At(b.Plus(left, 1), Near(b.Sub(b.Scalar(1, x.DType), ratio)), extent),
                    At(b.Plus(left, 2), Far(b.Sub(b.Scalar(2, x.DType), ratio)), extent),
            ];
    }

    private Tap At(Node place, Node? weight, int extent)
    {
        if (padding == "zeros")
        {
            Node inside = b.And(b.GreaterOrEqual(place, b.Scalar(0, place.DType)), b.LessOrEqual(place, b.Scalar(extent - 1, place.DType)));
            weight = b.Where(inside, weight ?? b.Scalar(1, place.DType), b.Scalar(0, place.DType));
        }

        Node moved = mode == "cubic" && padding == "reflection" ? Inside(place, extent) : Clipped(place, extent);
        return new Tap(b.Cast(moved, DType.Int64), weight);
    }

    // Reflection at the borders is a triangular wave: span − |(|x − least| mod 2·span) − span| + least.
    private Node Inside(Node position, int extent)
    {
        double span = alignCorners ? extent - 1 : extent, least = alignCorners ? 0 : -0.5;
        if (padding == "reflection" && span > 0)
        {
            Node folded = b.Mod(b.Abs(b.Plus(position, -least)), b.Scalar(2 * span, x.DType), true);
            position = b.Plus(b.Sub(b.Scalar(span, x.DType), b.Abs(b.Plus(folded, -span))), least);
        }

        return padding == "zeros" ? position : Clipped(position, extent);
    }

    private Node Clipped(Node place, int extent)
    {
        (Node least, Node most) = (b.Scalar(0, place.DType), b.Scalar(extent - 1, place.DType));
        return b.Where(b.Less(place, least), least, b.Where(b.Greater(place, most), most, place));
    }

    // Keys' kernel at a distance up to 1, and from 1 to 2.
    private Node Near(Node d) => b.Plus(b.Mul(b.Mul(b.Plus(b.Times(d, CubicA + 2), -(CubicA + 3)), d), d), 1);

    private Node Far(Node d) => b.Plus(b.Mul(b.Plus(b.Mul(b.Plus(b.Times(d, CubicA), -5 * CubicA), d), 8 * CubicA), d), -4 * CubicA);
}
