using System.Runtime.InteropServices;
using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Host.Kernels;

/// <summary>The vectorised exponential for code that is generic over the two float types.</summary>
internal static class Elementary
{
    /// <summary>y = e^x; the spans are of equal length and may be the same memory.</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            ElementwiseLoops.Apply<double, Exp<double, DoublePrecision>>(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
        }
        else
        {
            ElementwiseLoops.Apply<float, Exp<float, SinglePrecision>>(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y));
        }
    }
}
