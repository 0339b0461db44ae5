using System.Numerics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// ScatterElements and ScatterND, as ONNX defines them. Updates are applied one after the other, so that duplicates have a
/// defined result: the last one stays, and sums always add up in the same order.
/// </summary>
internal static class Scattering
{
    private const int CheckEvery = 1 << 20;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("ScatterElements", Typed.Of(
            call => Elements(call, Reduction<double>(call)),
            call => Elements(call, Reduction<float>(call)),
            call => Elements(call, Reduction<long>(call)),
            call => Elements<bool>(call, null))),
        ("ScatterND", Typed.Of(
            call => Slices(call, Reduction<double>(call)),
            call => Slices(call, Reduction<float>(call)),
            call => Slices(call, Reduction<long>(call)),
            call => Slices<bool>(call, null))),
    ];

    private static Func<T, T, T>? Reduction<T>(KernelCall call)
        where T : INumber<T> => call.Node.Text("reduction") switch
        {
            "add" => (x, y) => x + y,
            "mul" => (x, y) => x * y,
            "max" => T.Max,
            "min" => T.Min,
            _ => null,
        };

    private static void Elements<T>(KernelCall call, Func<T, T, T>? reduction)
        where T : unmanaged
    {
        View data = call.Operands[0], indices = call.Operands[1];
        ReadOnlySpan<T> updates = call.Operands[2].Values<T>();
        ReadOnlySpan<long> chosen = indices.Values<long>();
        Span<T> to = call.Result.Values<T>();
        Begin<T>(call);
        if (indices.Count == 0)
        {
            return;
        }

        int axis = call.Node.Integer("axis");
        if (indices.Shape.Dims[..axis].SequenceEqual(data.Shape.Dims[..axis]) && indices.Shape.CountOf(axis + 1, indices.Shape.Rank) == 1)
        {
            Lines(call, reduction);
            return;
        }

        long[] strides = data.Shape.Strides();
        int along = (int)strides[axis], extent = data.Shape[axis];
        strides[axis] = 0;
        var nest = new LoopNest(indices.Shape.Dims, strides);
        LoopNest.Cursor cursor = nest.At(0);
        for (int at = 0; at < chosen.Length; at++)
        {
            int inner = at % nest.Inner;
            if (inner == 0 && at > 0)
            {
                cursor.Next();
            }

            if (at % CheckEvery == 0)
            {
                call.Cancellation.ThrowIfCancellationRequested();
            }

            int place = Positions.Resolve(indices, chosen, at, extent);
            ref T target = ref to[cursor[0] + (inner * (int)nest.InnerStride(0)) + (place * along)];
            target = reduction is null ? updates[at] : reduction(target, updates[at]);
        }
    }

    // Where the result has the memory of what it is made of, nothing is left to be copied.
    private static void Begin<T>(KernelCall call)
        where T : unmanaged
    {
        Span<T> from = call.Operands[0].Values<T>(), to = call.Result.Values<T>();
        if (from != to)
        {
            from.CopyTo(to);
        }
    }

    // Along the last axis, or what is as good as it, lines have nothing to do with each other.
    private static void Lines<T>(KernelCall call, Func<T, T, T>? reduction)
        where T : unmanaged
    {
        View indices = call.Operands[1], given = call.Operands[2], result = call.Result;
        int axis = call.Node.Integer("axis"), count = indices.Shape[axis], extent = result.Shape[axis];
        Chunks.ForItems(indices.Count / count, 8L * count, call.Cancellation, (first, lines) =>
        {
            ReadOnlySpan<long> chosen = indices.Values<long>();
            for (int line = first; line < first + lines; line++)
            {
                Span<T> to = result.Values<T>().Slice(line * extent, extent);
                ReadOnlySpan<T> updates = given.Values<T>().Slice(line * count, count);
                for (int i = 0; i < count; i++)
                {
                    ref T target = ref to[Positions.Resolve(indices, chosen, (line * count) + i, extent)];
                    target = reduction is null ? updates[i] : reduction(target, updates[i]);
                }
            }
        });
    }

    private static void Slices<T>(KernelCall call, Func<T, T, T>? reduction)
        where T : unmanaged
    {
        View data = call.Operands[0], indices = call.Operands[1];
        ReadOnlySpan<T> updates = call.Operands[2].Values<T>();
        ReadOnlySpan<long> chosen = indices.Values<long>();
        Begin<T>(call);
        var tuples = new IndexTuples(data.Shape, indices, 0);
        for (int tuple = 0; tuple < tuples.Count; tuple++)
        {
            if ((long)tuple * (tuples.Slice + 1) % CheckEvery <= tuples.Slice)
            {
                call.Cancellation.ThrowIfCancellationRequested();
            }

            Span<T> to = call.Result.Values<T>().Slice(tuples.Offset(chosen, tuple), tuples.Slice);
            ReadOnlySpan<T> from = updates.Slice(tuple * tuples.Slice, tuples.Slice);
            if (reduction is null)
            {
                from.CopyTo(to);
                continue;
            }

            for (int i = 0; i < to.Length; i++)
            {
                to[i] = reduction(to[i], from[i]);
            }
        }
    }
}
