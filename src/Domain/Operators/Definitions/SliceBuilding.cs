using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Slice with ONNX's meaning of starts and ends: negative ones count from the end, those out of range are clamped.</summary>
internal static class SliceBuilding
{
    public static Node Slice(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        (long[] begin, long[] end) = (c.RequiredInts("starts"), c.RequiredInts("ends"));
        long[] axes = c.Ints("axes") ?? [.. Enumerable.Range(0, begin.Length).Select(i => (long)i)];
        long[] stride = c.Ints("steps") ?? [.. Enumerable.Repeat(1L, begin.Length)];
        if (end.Length != begin.Length || axes.Length != begin.Length || stride.Length != begin.Length)
        {
            throw new InvalidOperandException($"starts, ends, axes and steps have {begin.Length}, {end.Length}, {axes.Length} and {stride.Length} " +
                $"elements");
        }

        ReductionBuilding.Normalize(axes.Select(axis => OperatorCall.ToInt("axes", axis)), shape.Rank);
        (var starts, int[] steps, int[] dims) = (new int[shape.Rank], LayoutBuilding.Ones(shape.Rank), shape.Dims.ToArray());
        for (int i = 0; i < begin.Length; i++)
        {
            int axis = ReductionBuilding.Axis(axes[i], shape.Rank);
            (starts[axis], steps[axis], dims[axis]) = Span(begin[i], end[i], stride[i], shape[axis]);
        }

        return c.B.Slice(c.X, starts, steps, Shape.Of(dims));
    }

    private static (int Start, int Step, int Count) Span(long start, long end, long step, int extent)
    {
        if (step == 0)
        {
            throw new InvalidOperandException("a step is 0");
        }

        // Steps beyond the extent all take at most one element, so larger ones need not be distinguished.
        step = Math.Clamp(step, -extent - 1L, extent + 1L);
        (long low, long high) = step > 0 ? (0L, (long)extent) : (-1L, extent - 1L);
        start = Math.Clamp(start < 0 ? start + extent : start, step > 0 ? low : 0, high);
        end = Math.Clamp(end < 0 && end >= -extent ? end + extent : end, low, high);
        long count = step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step;
        return count > 0 && extent > 0 ? ((int)start, (int)step, (int)count) : (0, 1, 0);
    }
}
