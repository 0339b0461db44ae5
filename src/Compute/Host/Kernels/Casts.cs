using System.Numerics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// Conversion between element types: to integers towards zero, saturating, NaN to 0; to bool what is not 0; from bool 1 and 0.
/// </summary>
internal static class Casts
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("Cast", Typed.Of(From<double>(), From<float>(), From<long>(), FromBool()))];

    private static Kernel From<T>()
        where T : unmanaged, INumber<T> => Typed.OfResult(
            Unary.Of<T, double>(Convert),
            Unary.Of<T, float>(Convert),
            Unary.Of<T, long>(Convert),
            Unary.Of(Unary.Map<T, bool>(x => x != T.Zero)));

    private static Kernel FromBool() => Typed.OfResult(
        Unary.Of(Unary.Map<bool, double>(x => x ? 1 : 0)),
        Unary.Of(Unary.Map<bool, float>(x => x ? 1 : 0)),
        Unary.Of(Unary.Map<bool, long>(x => x ? 1 : 0)),
        Unary.Of(Unary.Map<bool, bool>(x => x)));

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = TTo.CreateSaturating(x[i]);
        }
    }
}
