using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Kernels.Reductions;

/// <summary>
/// Sums in an order that depends only on the length. The sum of TensorPrimitives starts at the next aligned address, so that its last digit depends
/// on the address of the numbers.
/// </summary>
internal static class Summation
{
    /// <summary>The sum of a short stretch.</summary>
    public static T Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector<T>.Count, i = 0;
        ref T first = ref MemoryMarshal.GetReference(x);
        Vector<T> a = default, b = default, c = default, d = default;
        for (; i <= x.Length - (4 * lanes); i += 4 * lanes)
        {
            a += Vector.LoadUnsafe(ref first, (nuint)i);
            b += Vector.LoadUnsafe(ref first, (nuint)(i + lanes));
            c += Vector.LoadUnsafe(ref first, (nuint)(i + (2 * lanes)));
            d += Vector.LoadUnsafe(ref first, (nuint)(i + (3 * lanes)));
        }

        for (; i <= x.Length - lanes; i += lanes)
        {
            a += Vector.LoadUnsafe(ref first, (nuint)i);
        }

        T sum = Vector.Sum(a + b + (c + d));
        for (; i < x.Length; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>The sum of squares of a short stretch.</summary>
    public static T OfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated && x.Length >= Vector512<T>.Count)
        {
            return OfSquares512(x);
        }

        int lanes = Vector<T>.Count, i = 0;
        ref T first = ref MemoryMarshal.GetReference(x);
        Vector<T> a = default, b = default, c = default, d = default;
        for (; i <= x.Length - (4 * lanes); i += 4 * lanes)
        {
            a += Square(Vector.LoadUnsafe(ref first, (nuint)i));
            b += Square(Vector.LoadUnsafe(ref first, (nuint)(i + lanes)));
            c += Square(Vector.LoadUnsafe(ref first, (nuint)(i + (2 * lanes))));
            d += Square(Vector.LoadUnsafe(ref first, (nuint)(i + (3 * lanes))));
        }

        for (; i <= x.Length - lanes; i += lanes)
        {
            a += Square(Vector.LoadUnsafe(ref first, (nuint)i));
        }

        T sum = Vector.Sum(a + b + (c + d));
        for (; i < x.Length; i++)
        {
            sum += x[i] * x[i];
        }

        return sum;
    }

    /// <summary>The sum of squares of a short stretch multiplied by a factor.</summary>
    public static T OfSquares<T>(ReadOnlySpan<T> x, T scale)
        where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        foreach (T element in x)
        {
            T multiple = element * scale;
            sum += multiple * multiple;
        }

        return sum;
    }

    private static T OfSquares512<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector512<T>.Count, i = 0;
        ref T first = ref MemoryMarshal.GetReference(x);
        Vector512<T> a = default, b = default, c = default, d = default;
        for (; i <= x.Length - (4 * lanes); i += 4 * lanes)
        {
            a += Square(Vector512.LoadUnsafe(ref first, (nuint)i));
            b += Square(Vector512.LoadUnsafe(ref first, (nuint)(i + lanes)));
            c += Square(Vector512.LoadUnsafe(ref first, (nuint)(i + (2 * lanes))));
            d += Square(Vector512.LoadUnsafe(ref first, (nuint)(i + (3 * lanes))));
        }

        for (; i <= x.Length - lanes; i += lanes)
        {
            a += Square(Vector512.LoadUnsafe(ref first, (nuint)i));
        }

        T sum = Vector512.Sum(a + b + (c + d));
        for (; i < x.Length; i++)
        {
            sum += x[i] * x[i];
        }

        return sum;
    }

    private static Vector512<T> Square<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => x * x;

    private static Vector<T> Square<T>(Vector<T> x)
        where T : unmanaged, INumber<T> => x * x;
}
