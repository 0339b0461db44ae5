using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Pad: constant padding is a primitive; the modes that repeat elements of the operand are gathers along each axis.</summary>
internal static class PadBuilding
{
    public static Node Pad(OperatorCall c)
    {
        (int[] begins, int[] ends) = Borders(c);
        string mode = c.Text("mode", "constant", "reflect", "edge", "wrap");
        Node x = Cut(c.B, c.X, begins, ends);
        begins = [.. begins.Select(n => Math.Max(n, 0))];
        ends = [.. ends.Select(n => Math.Max(n, 0))];
        return mode == "constant" ? c.B.Pad(x, begins, ends, Value()) : Repeated(c.B, x, begins, ends, mode);

        Node Value() => c.Optional(2) is not { } value
            ? c.B.Scalar(0, c.X.DType)
            : value.Shape.Count == 1 ? c.B.Reshape(value, Shape.Scalar) : throw new InvalidOperandException("constant_value must be one number", 2);
    }

    private static (int[] Begins, int[] Ends) Borders(OperatorCall c)
    {
        long[] pads = c.RequiredInts("pads");
        int rank = c.X.Shape.Rank;
        int[] axes = c.Ints("axes") is { } given
            ? [.. given.Select(axis => ReductionBuilding.Axis(axis, rank))]
            : ReductionBuilding.AllAxes(c.X);
        if (pads.Length != 2 * axes.Length)
        {
            throw new InvalidOperandException($"pads has {pads.Length} elements, expected two for each of {axes.Length} axes", 1);
        }

        (var begins, var ends) = (new int[rank], new int[rank]);
        for (int i = 0; i < axes.Length; i++)
        {
            begins[axes[i]] = OperatorCall.ToInt("pads", pads[i]);
            ends[axes[i]] = OperatorCall.ToInt("pads", pads[axes.Length + i]);
        }

        return (begins, ends);
    }

    // Negative padding removes elements.
    private static Node Cut(GraphBuilder b, Node x, int[] begins, int[] ends)
    {
        int[] starts = [.. begins.Select(n => Math.Max(-(long)n, 0)).Select(n => (int)Math.Min(n, int.MaxValue))];
        int[] dims = [.. Enumerable.Range(0, begins.Length).Select(i =>
            (int)Math.Max(x.Shape[i] - starts[i] - Math.Max(-(long)ends[i], 0), -1))];
        return dims.All(dim => dim >= 0)
            ? b.Slice(x, starts, LayoutBuilding.Ones(starts.Length), Shape.Of(dims))
            : throw new InvalidOperandException($"negative pads remove more than {x.Shape} has", 1);
    }

    private static Node Repeated(GraphBuilder b, Node x, int[] begins, int[] ends, string mode)
    {
        for (int axis = 0; axis < begins.Length; axis++)
        {
            if (begins[axis] > 0 || ends[axis] > 0)
            {
                x = b.Gather(x, Positions(b, x.Shape[axis], begins[axis], ends[axis], mode), axis);
            }
        }

        return x;
    }

    private static Node Positions(GraphBuilder b, int extent, int begin, int end, string mode)
    {
        long count = (long)extent + begin + end;
        bool fits = extent > 0 && count <= Math.Min(b.MaxElements, int.MaxValue) && (mode != "reflect" || extent > 1 || (begin == 0 && end == 0));
        if (!fits)
        {
            throw new InvalidOperandException($"an axis of extent {extent} cannot be padded by {begin} and {end} in mode {mode}", 1);
        }

        return b.Constant(Tensor.Vector(b.Computed(count, i => Position(i - begin, extent, mode))));
    }

    private static long Position(long i, long extent, string mode)
    {
        switch (mode)
        {
            case "edge":
                return Math.Clamp(i, 0, extent - 1);
            case "wrap":
                return ((i % extent) + extent) % extent;
            default:
                long period = 2 * (extent - 1);
                long folded = ((i % period) + period) % period;
                return folded < extent ? folded : period - folded;
        }
    }
}
