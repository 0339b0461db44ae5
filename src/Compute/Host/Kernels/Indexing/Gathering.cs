using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Backprop.Compute.Compilation;

namespace Backprop.Compute.Host.Kernels.Indexing;

/// <summary>Gather, GatherElements and GatherND, as ONNX defines them.</summary>
internal static class Gathering
{
    // Elements far apart take some hundred nanoseconds each.
    private const int CheckEvery = 1 << 16;

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Gather", Typed.Of(Gather<double>, Gather<float>, Gather<long>, Gather<bool>)),
        ("GatherElements", Typed.Of(GatherElements<double>, GatherElements<float>, GatherElements<long>, GatherElements<bool>)),
        ("GatherND", Typed.Of(GatherND<double>, GatherND<float>, GatherND<long>, GatherND<bool>)),
    ];

    private static void Gather<T>(KernelCall call)
        where T : unmanaged
    {
        View data = call.Operands[0], indices = call.Operands[1], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        int axis = call.Node.Integer("axis");
        int extent = data.Shape[axis];
        int slice = (int)data.Shape.CountOf(axis + 1, data.Shape.Rank);
        int outer = (int)data.Shape.CountOf(0, axis);
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(outer * indices.Count, slice, cancellationToken, (first, count) =>
        {
            ReadOnlySpan<T> from = data.Values<T>();
            ReadOnlySpan<long> chosen = indices.Values<long>();
            Span<T> to = result.Values<T>();
            for (int item = first; item < first + count; item++)
            {
                int block = item / chosen.Length;
                int index = Positions.Resolve(indices, chosen, item % chosen.Length, extent);
                Stretches.Copy(from.Slice(((block * extent) + index) * slice, slice), to.Slice(item * slice, slice), cancellationToken);
            }
        });
    }

    private static void GatherElements<T>(KernelCall call)
        where T : unmanaged
    {
        View data = call.Operands[0], indices = call.Operands[1], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        int axis = call.Node.Integer("axis");
        Positions.RequireClasses(call.Node, indices, 0, indices.Count, data.Shape[axis]);
        if (Positions.AreLines(indices.Shape, data.Shape, axis))
        {
            Lines<T>(data, indices, axis, result, call.Cancellation);
            return;
        }

        long[] strides = data.Shape.Strides();
        int along = (int)strides[axis], extent = data.Shape[axis];
        strides[axis] = 0;
        var nest = new LoopNest(indices.Shape.Dims, strides);
        int step = (int)nest.InnerStride(0);
        nest.ForRuns(call.Cancellation, (at, cursor, start, length) =>
        {
            ReadOnlySpan<T> from = data.Values<T>();
            ReadOnlySpan<long> chosen = indices.Values<long>();
            Span<T> to = result.Values<T>().Slice(at, length);
            int first = cursor[0] + (start * step);
            for (int i = 0; i < to.Length; i++, first += step)
            {
                to[i] = from[first + (Positions.Resolve(indices, chosen, at + i, extent) * along)];
            }
        });
    }

    private static void Lines<T>(View data, View indices, int axis, View result, CancellationToken cancellationToken)
        where T : unmanaged
    {
        (int count, int extent) = (indices.Shape[axis], data.Shape[axis]);
        Chunks.ForItems(indices.Count / count, 2L * count, cancellationToken, (first, lines) =>
        {
            var check = new CancellationCheck(cancellationToken, CheckEvery);
            for (int line = first; line < first + lines; line++)
            {
                ReadOnlySpan<T> from = data.Values<T>().Slice(line * extent, extent);
                Span<T> to = result.Values<T>().Slice(line * count, count);
                for (int start = 0; start < count; start += CheckEvery)
                {
                    check.Before(CheckEvery);
                    Line(from, indices, (line * count) + start, to[start..Math.Min(start + CheckEvery, count)]);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line<T>(ReadOnlySpan<T> from, View indices, int first, Span<T> to)
    {
        ref long chosen = ref MemoryMarshal.GetReference(indices.Values<long>().Slice(first, to.Length));
        ref T values = ref MemoryMarshal.GetReference(from);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Unsafe.Add(ref values, Positions.Resolve(indices, Unsafe.Add(ref chosen, i), first + i, from.Length));
        }
    }

    private static void GatherND<T>(KernelCall call)
        where T : unmanaged
    {
        View data = call.Operands[0], indices = call.Operands[1], result = call.Result;
        var tuples = new IndexTuples(data.Shape, indices, call.Node.Integer("batch_dims"));
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(tuples.Count, tuples.Slice, cancellationToken, (first, count) =>
        {
            ReadOnlySpan<T> from = data.Values<T>();
            ReadOnlySpan<long> chosen = indices.Values<long>();
            Span<T> to = result.Values<T>();
            for (int tuple = first; tuple < first + count; tuple++)
            {
                Stretches.Copy(from.Slice(tuples.Offset(chosen, tuple), tuples.Slice), to.Slice(tuple * tuples.Slice, tuples.Slice),
                    cancellationToken);
            }
        });
    }
}
