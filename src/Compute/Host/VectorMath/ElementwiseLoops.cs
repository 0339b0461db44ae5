using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>A function of one number, lane by lane.</summary>
internal interface IUnaryOperator<T>
    where T : unmanaged
{
    static abstract V Of<V>(V x)
        where V : struct, ISimdVector<V, T>;
}

/// <summary>Runs an operator over a span, in the machine's widest vectors.</summary>
internal static class ElementwiseLoops
{
    /// <summary>y = f(x); the spans are of equal length and may be the same memory.</summary>
    public static void Apply<T, TOperator>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
        where TOperator : struct, IUnaryOperator<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<T, SimdVector512<T>, TOperator>(x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<T, SimdVector256<T>, TOperator>(x, y);
        }
        else
        {
            Loop<T, SimdVector128<T>, TOperator>(x, y);
        }
    }

    /// <summary>
    /// The loop. The rest at the end goes through a padded vector and the same code, so that a number gives the same bits at every position.
    /// </summary>
    public static void Loop<T, V, TOperator>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
        where V : struct, ISimdVector<V, T>
        where TOperator : struct, IUnaryOperator<T>
    {
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y[..x.Length]);
        int whole = x.Length - (x.Length % V.Count), i = 0;
        for (; i < whole; i += V.Count)
        {
            TOperator.Of(V.Load(ref Unsafe.Add(ref from, i))).Store(ref Unsafe.Add(ref to, i));
        }

        if (i < x.Length)
        {
            Rest<T, V, TOperator>(x[i..], y[i..]);
        }
    }

    private static void Rest<T, V, TOperator>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
        where V : struct, ISimdVector<V, T>
        where TOperator : struct, IUnaryOperator<T>
    {
        Span<T> padded = stackalloc T[V.Count];
        padded.Clear();
        x.CopyTo(padded);
        TOperator.Of(V.Load(ref padded[0])).Store(ref padded[0]);
        padded[..x.Length].CopyTo(y);
    }
}
