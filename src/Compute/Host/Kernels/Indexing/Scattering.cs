using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Backprop.Compute.Compilation;

namespace Backprop.Compute.Host.Kernels.Indexing;

/// <summary>
/// ScatterElements and ScatterND, as ONNX defines them. Updates are applied sequentially, so that duplicates have a defined result: the last one
/// stays, and sums always add up in the same order.
/// </summary>
internal static class Scattering
{
    // Elements far apart take some hundred nanoseconds each.
    private const int CheckEvery = 1 << 16;

    // How an element and its update are combined. A type for each way, so that the code is inlined into the loops.
    private interface IReduction<T>
    {
        static abstract T Of(T old, T update);
    }

    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("ScatterElements", Typed.Of(Elements<double>, Elements<float>, Elements<long>, Elements<bool, Replaced<bool>>)),
        ("ScatterND", Typed.Of(Slices<double>, Slices<float>, Slices<long>, Slices<bool, Replaced<bool>>)),
    ];

    private static void Elements<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        switch (call.Node.Text("reduction"))
        {
            case "add": Elements<T, Added<T>>(call); break;
            case "mul": Elements<T, Multiplied<T>>(call); break;
            case "max": Elements<T, Largest<T>>(call); break;
            case "min": Elements<T, Smallest<T>>(call); break;
            default: Elements<T, Replaced<T>>(call); break;
        }
    }

    private static void Slices<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        switch (call.Node.Text("reduction"))
        {
            case "add": Slices<T, Added<T>>(call); break;
            case "mul": Slices<T, Multiplied<T>>(call); break;
            case "max": Slices<T, Largest<T>>(call); break;
            case "min": Slices<T, Smallest<T>>(call); break;
            default: Slices<T, Replaced<T>>(call); break;
        }
    }

    private static void Elements<T, TReduction>(KernelCall call)
        where T : unmanaged
        where TReduction : struct, IReduction<T>
    {
        View data = call.Operands[0], indices = call.Operands[1];
        ReadOnlySpan<T> updates = call.Operands[2].Values<T>();
        ReadOnlySpan<long> chosen = indices.Values<long>();
        Span<T> to = call.Result.Values<T>();
        int axis = call.Node.Integer("axis");
        if (indices.Count > 0 && Positions.AreLines(indices.Shape, data.Shape, axis))
        {
            Lines<T, TReduction>(call);
            return;
        }

        Begin(to, data.Values<T>(), call.Cancellation);
        if (indices.Count == 0)
        {
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

            int index = Positions.Resolve(indices, chosen, at, extent);
            ref T target = ref to[cursor[0] + (inner * (int)nest.InnerStride(0)) + (index * along)];
            target = TReduction.Of(target, updates[at]);
        }
    }

    // If the result already has the operand's memory, nothing needs to be copied.
    private static void Begin<T>(Span<T> to, ReadOnlySpan<T> from, CancellationToken cancellationToken)
    {
        if (from != to)
        {
            Stretches.Copy(from, to, cancellationToken);
        }
    }

    private static void Lines<T, TReduction>(KernelCall call)
        where T : unmanaged
        where TReduction : struct, IReduction<T>
    {
        View data = call.Operands[0], indices = call.Operands[1], updates = call.Operands[2], result = call.Result;
        int axis = call.Node.Integer("axis"), count = indices.Shape[axis], extent = result.Shape[axis];
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(indices.Count / count, extent + (8L * count), cancellationToken, (first, lines) =>
        {
            var check = new CancellationCheck(cancellationToken, CheckEvery);
            for (int line = first; line < first + lines; line++)
            {
                Span<T> to = result.Values<T>().Slice(line * extent, extent);
                Begin(to, data.Values<T>().Slice(line * extent, extent), cancellationToken);
                ReadOnlySpan<T> from = updates.Values<T>().Slice(line * count, count);
                for (int start = 0; start < count; start += CheckEvery)
                {
                    check.Before(CheckEvery);
                    Line<T, TReduction>(indices, (line * count) + start, from[start..Math.Min(start + CheckEvery, count)], to);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line<T, TReduction>(View indices, int first, ReadOnlySpan<T> updates, Span<T> to)
        where T : unmanaged
        where TReduction : struct, IReduction<T>
    {
        ref long chosen = ref MemoryMarshal.GetReference(indices.Values<long>().Slice(first, updates.Length));
        ref T values = ref MemoryMarshal.GetReference(to);
        for (int i = 0; i < updates.Length; i++)
        {
            ref T target = ref Unsafe.Add(ref values, Positions.Resolve(indices, Unsafe.Add(ref chosen, i), first + i, to.Length));
            target = TReduction.Of(target, updates[i]);
        }
    }

    private static void Slices<T, TReduction>(KernelCall call)
        where T : unmanaged
        where TReduction : struct, IReduction<T>
    {
        View data = call.Operands[0], indices = call.Operands[1];
        ReadOnlySpan<T> updates = call.Operands[2].Values<T>();
        ReadOnlySpan<long> chosen = indices.Values<long>();
        Begin(call.Result.Values<T>(), data.Values<T>(), call.Cancellation);
        var tuples = new IndexTuples(data.Shape, indices, 0);
        var check = new CancellationCheck(call.Cancellation, CheckEvery);
        for (int tuple = 0; tuple < tuples.Count; tuple++)
        {
            Span<T> to = call.Result.Values<T>().Slice(tuples.Offset(chosen, tuple), tuples.Slice);
            ReadOnlySpan<T> from = updates.Slice(tuple * tuples.Slice, tuples.Slice);
            for (int start = 0; start < to.Length; start += CheckEvery)
            {
                int length = Math.Min(CheckEvery, to.Length - start);
                check.Before(length);
                Join<T, TReduction>(from.Slice(start, length), to.Slice(start, length));
            }
        }
    }

    private static void Join<T, TReduction>(ReadOnlySpan<T> from, Span<T> to)
        where TReduction : struct, IReduction<T>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = TReduction.Of(to[i], from[i]);
        }
    }

    private readonly struct Replaced<T> : IReduction<T>
    {
        public static T Of(T old, T update) => update;
    }

    private readonly struct Added<T> : IReduction<T>
        where T : INumber<T>
    {
        public static T Of(T old, T update) => old + update;
    }

    private readonly struct Multiplied<T> : IReduction<T>
        where T : INumber<T>
    {
        public static T Of(T old, T update) => old * update;
    }

    private readonly struct Largest<T> : IReduction<T>
        where T : INumber<T>
    {
        public static T Of(T old, T update) => T.Max(old, update);
    }

    private readonly struct Smallest<T> : IReduction<T>
        where T : INumber<T>
    {
        public static T Of(T old, T update) => T.Min(old, update);
    }
}
