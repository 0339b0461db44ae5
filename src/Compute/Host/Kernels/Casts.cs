using System.Numerics;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Conversion between element types: to integers by truncation, saturating, NaN to 0; to bool, true unless 0; from bool, 1 and 0.</summary>
internal static class Casts
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("Cast", Typed.Of(From<double>(), From<float>(), From<long>(), FromBool()))];

    private static Kernel From<T>()
        where T : unmanaged, INumber<T> => Typed.OfResult(
            Unary.Of<T, double>(Convert),
            Unary.Of<T, float>(Convert),
            Unary.Of<T, long>(Convert),
            Unary.Of<T, bool>(IsNotZero));

    private static Kernel FromBool() => Typed.OfResult(
        Unary.Of<bool, double>(OneOrZero),
        Unary.Of<bool, float>(OneOrZero),
        Unary.Of<bool, long>(OneOrZero),
        Unary.Of<bool, bool>((x, y) => x.CopyTo(y)));

    private static void OneOrZero<T>(ReadOnlySpan<bool> x, Span<T> y)
        where T : unmanaged, INumber<T> => Blend.Apply(x, [T.One], [T.Zero], y);

    private static void IsNotZero<T>(ReadOnlySpan<T> x, Span<bool> y)
        where T : INumber<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] != T.Zero;
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TTo) != typeof(long))
        {
            TensorPrimitives.ConvertSaturating(x, y);
            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            y[i] = TTo.CreateSaturating(x[i]);
        }
    }
}
