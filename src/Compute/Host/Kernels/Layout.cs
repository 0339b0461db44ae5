using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Kernels that only move elements, for every element type.</summary>
internal static class Layout
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Expand", Typed.OfResult(Expand<double>, Expand<float>, Expand<long>, Expand<bool>)),
        ("Transpose", Typed.OfResult(Transpose<double>, Transpose<float>, Transpose<long>, Transpose<bool>)),
        ("Slice", Typed.OfResult(Slice<double>, Slice<float>, Slice<long>, Slice<bool>)),
        ("Concat", Typed.OfResult(Concat<double>, Concat<float>, Concat<long>, Concat<bool>)),
        ("Pad", Typed.OfResult(Pad<double>, Pad<float>, Pad<long>, Pad<bool>)),
    ];

    private static void Expand<T>(KernelCall call)
        where T : unmanaged
    {
        long[] strides = LoopNest.Broadcast(call.Operands[0].Shape, call.Result.Shape.Rank);
        Strided.Copy<T>(call.Operands[0], 0, strides, call.Result, call.Cancellation);
    }

    private static void Transpose<T>(KernelCall call)
        where T : unmanaged
    {
        long[] strides = call.Operands[0].Shape.Strides();
        long[] permuted = Array.ConvertAll(call.Node.Integers("perm"), axis => strides[axis]);
        Strided.Copy<T>(call.Operands[0], 0, permuted, call.Result, call.Cancellation);
    }

    private static void Slice<T>(KernelCall call)
        where T : unmanaged
    {
        int[] starts = call.Node.Integers("starts"), steps = call.Node.Integers("steps");
        long[] strides = call.Operands[0].Shape.Strides();
        long first = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            first += starts[axis] * strides[axis];
            strides[axis] *= steps[axis];
        }

        Strided.Copy<T>(call.Operands[0], first, strides, call.Result, call.Cancellation);
    }

    private static void Concat<T>(KernelCall call)
        where T : unmanaged
    {
        Shape shape = call.Result.Shape;
        int axis = call.Node.Integer("axis");
        int outer = (int)shape.CountOf(0, axis), width = (int)shape.CountOf(axis, shape.Rank);
        Span<T> to = call.Result.Values<T>();
        int left = 0;
        foreach (View operand in call.Operands)
        {
            call.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<T> from = operand.Values<T>();
            int part = (int)operand.Shape.CountOf(axis, operand.Shape.Rank);
            for (int i = 0; i < outer && part > 0; i++)
            {
                from.Slice(i * part, part).CopyTo(to.Slice((i * width) + left, part));
            }

            left += part;
        }
    }

    // Row by row of the result: what lies outside x along an outer axis is filled, the rest between its borders copied.
    private static void Pad<T>(KernelCall call)
        where T : unmanaged
    {
        View x = call.Operands[0], border = call.Operands[1], result = call.Result;
        int[] pads = call.Node.Integers("pads");
        int rank = result.Shape.Rank;
        if (rank == 0)
        {
            x.Values<T>().CopyTo(result.Values<T>());
            return;
        }

        int width = result.Shape[^1];
        Chunks.ForItems(width == 0 ? 0 : result.Count / width, width, call.Cancellation, (first, count) =>
        {
            T value = border.Values<T>()[0];
            for (int row = first; row < first + count; row++)
            {
                Span<T> to = result.Values<T>().Slice(row * width, width);
                int from = RowOf(x.Shape, result.Shape, pads, row);
                if (from < 0)
                {
                    to.Fill(value);
                    continue;
                }

                to[..pads[rank - 1]].Fill(value);
                x.Values<T>().Slice(from * x.Shape[^1], x.Shape[^1]).CopyTo(to[pads[rank - 1]..]);
                to[(pads[rank - 1] + x.Shape[^1])..].Fill(value);
            }
        });
    }

    // The row of x that a row of the result shows, or −1.
    private static int RowOf(Shape x, Shape result, int[] pads, int row)
    {
        (int from, int stride) = (0, 1);
        for (int axis = result.Rank - 2; axis >= 0; axis--)
        {
            (row, int at) = Math.DivRem(row, result[axis]);
            at -= pads[axis];
            if (at < 0 || at >= x[axis])
            {
                return -1;
            }

            (from, stride) = (from + (at * stride), stride * x[axis]);
        }

        return from;
    }
}
