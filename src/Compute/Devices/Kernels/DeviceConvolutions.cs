using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Convolutions as matrix products: the windows of some points are laid out as the columns of a matrix (im2col), by which the kernel, a row per
/// output channel, is multiplied.
/// </summary>
internal static class DeviceConvolutions
{
    // The most bytes for the windows of points that are processed together.
    private const long MostBytes = 1L << 28;

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() => [("Conv", Prepare)];

    private static void Prepare(StepPreparation step)
    {
        if (step.Result.DType == DType.Float64)
        {
            Prepare<double, Arithmetic64>(step);
        }
        else
        {
            Prepare<float, Arithmetic32>(step);
        }
    }

    private static void Prepare<T, A>(StepPreparation step)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        (ValueLayout x, ValueLayout w, ValueLayout y) = (step.Operands[0], step.Operands[1], step.Result);
        if (y.Count == 0)
        {
            return;
        }

        int group = step.Node.Integer("group"), rows = w.Shape[0] / group, points = x.Shape[0];
        int terms = (int)w.Shape.CountOf(1, w.Shape.Rank), windows = (int)y.Shape.CountOf(2, y.Shape.Rank);
        int together = (int)Math.Clamp(MostBytes / ((long)group * terms * windows * x.DType.Size()), 1, points);
        ValueLayout columns = step.Scratch(x.DType, (long)group * terms * together * windows);
        ValueLayout joined = together == 1 ? default : step.Scratch(x.DType, (long)group * rows * together * windows);
        ValueLayout kernel = w with { Shape = Shape.Of(group, rows, terms) };
        for (int point = 0; point < points; point += together)
        {
            int count = Math.Min(together, points - point);
            ValueLayout laid = columns with { Shape = Shape.Of(group, terms, count * windows) };
            LayOut(step, point, count, laid);
            long first = (long)point * group * rows * windows;
            ValueLayout made = together == 1
                ? y with { Offset = y.Offset + (first * y.DType.Size()), Shape = Shape.Of(group, rows, windows) }
                : joined with { Shape = Shape.Of(group, rows, count * windows) };
            Products.Multiply<T, A>(step, kernel, laid, made);
            if (together > 1)
            {
                // From [channels, points, windows] to [points, channels, windows].
                var shape = Shape.Of(group * rows, count, windows);
                Copies.Copy(step, shape, (made, 0, shape.Strides()), (y, first, [windows, (long)group * rows * windows, 1]));
            }
        }
    }

    // [group, channel, kernel…, point, window…] from [point, group·channel, extents…].
    private static void LayOut(StepPreparation step, int point, int count, ValueLayout laid)
    {
        ValueLayout x = step.Operands[0], w = step.Operands[1];
        int[] strides = step.Node.Integers("strides"), dilations = step.Node.Integers("dilations");
        long[] from = x.Shape.Strides();
        int group = step.Node.Integer("group"), channels = w.Shape[1];
        var shape = Shape.Of([group, channels, .. w.Shape.Dims[2..], count, .. step.Result.Shape.Dims[2..]]);
        long[] steps =
        [
            channels * from[1], from[1], .. dilations.Select((dilation, i) => dilation * from[2 + i]), from[0],
                .. strides.Select((stride, i) => stride * from[2 + i]),
        ];
        Copies.Copy(step, shape, (x, point * from[0], steps), (laid, 0, shape.Strides()));
    }
}
