using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Kernels;

/// <summary>x to the power y. Exponents that are frequent in gradients and constant over the stretch need no logarithm.</summary>
internal static class Powering
{
    /// <summary>The powers of a stretch; a pair gives the same bits whatever its neighbours.</summary>
    public static void Apply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!x.IsEmpty && IsUniform(y) && Uniform(x, y[0], result))
        {
            return;
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Of(x[i], y[i]);
        }
    }

    private static bool IsUniform<T>(ReadOnlySpan<T> y)
        where T : unmanaged => MemoryMarshal.AsBytes(y[1..]).SequenceEqual(MemoryMarshal.AsBytes(y[..^1]));

    private static bool Uniform<T>(ReadOnlySpan<T> x, T exponent, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        if (exponent == two)
        {
            TensorPrimitives.Multiply(x, x, result);
        }
        else if (exponent == two + T.One)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = x[i] * x[i] * x[i];
            }
        }
        else if (exponent == -T.One)
        {
            TensorPrimitives.Divide(T.One, x, result);
        }
        else if (exponent == T.One)
        {
            x.CopyTo(result);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static T Of<T>(T x, T y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        return y == two ? x * x
            : y == two + T.One ? x * x * x
            : y == T.One ? x
            : y == -T.One ? T.One / x
            : y == T.One / two && x >= T.Zero ? T.Sqrt(x) + T.Zero // −0 becomes 0
            : T.Pow(x, y);
    }
}
