using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Functions;
using Backprop.Compute.Host.VectorMath;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Tests.Host;

/// <summary>A vectorized function at every width, with the scalar function that it must agree with.</summary>
internal sealed record VectorMathFunction(
    Func<double, double> Reference, double Low, double High, double Ulps, int SingleUlps, VectorLoops<double> Double, VectorLoops<float> Single);

/// <summary>The loops over a span: as the kernels run it, and at each width.</summary>
internal sealed record VectorLoops<T>(SpanFunction<T> Widest, SpanFunction<T> V512, SpanFunction<T> V256, SpanFunction<T> V128)
{
    public T Of(T x)
    {
        var y = new T[1];
        Widest([x], y);
        return y[0];
    }
}

internal delegate void SpanFunction<T>(ReadOnlySpan<T> x, Span<T> y);

internal static class VectorMathFunctions
{
    /// <summary>The error bounds include that of the reference, which for <see cref="SpecialFunctions"/> is up to 2 ulp.</summary>
    public static readonly Dictionary<string, VectorMathFunction> Table = new()
    {
        ["exp"] = Row<Exp<double, DoublePrecision>, Exp<float, SinglePrecision>>(Math.Exp, -87, 88, 1, 1),
        ["expm1"] = Row<Expm1<double, DoublePrecision>, Expm1<float, SinglePrecision>>(SpecialFunctions.Expm1, -20, 20, 4, 2),
        ["log"] = Row<Log<double, DoublePrecision>, Log<float, SinglePrecision>>(Math.Log, 0, 1e3, 1, 1),
        ["log1p"] = Row<Log1p<double, DoublePrecision>, Log1p<float, SinglePrecision>>(SpecialFunctions.Log1p, -1, 100, 3, 2),
        ["sin"] = Row<Sin<double, DoublePrecision>, Sin<float, SinglePrecision>>(Math.Sin, -1e3, 1e3, 2, 2),
        ["cos"] = Row<Cos<double, DoublePrecision>, Cos<float, SinglePrecision>>(Math.Cos, -1e3, 1e3, 2, 2),
        ["tan"] = Row<Tan<double, DoublePrecision>, Tan<float, SinglePrecision>>(Math.Tan, -100, 100, 4, 4),
        ["sinh"] = Row<Sinh<double, DoublePrecision>, Sinh<float, SinglePrecision>>(Math.Sinh, -80, 80, 3, 2),
        ["cosh"] = Row<Cosh<double, DoublePrecision>, Cosh<float, SinglePrecision>>(Math.Cosh, -80, 80, 2, 2),
        ["tanh"] = Row<Tanh<double, DoublePrecision>, Tanh<float, SinglePrecision>>(Math.Tanh, -10, 10, 3, 2),
        ["sigmoid"] = Row<Sigmoid<double, DoublePrecision>, Sigmoid<float, SinglePrecision>>(SpecialFunctions.Sigmoid, -60, 60, 3, 2),
        ["softplus"] = Row<Softplus<double, DoublePrecision>, Softplus<float, SinglePrecision>>(SpecialFunctions.Softplus, -60, 60, 4, 2),
        ["erf"] = Row<Erf<double, DoublePrecision>, Erf<float, SinglePrecision>>(SpecialFunctions.Erf, -5, 5, 3, 1),
        ["erfc"] = Row<Erfc<double, DoublePrecision>, Erfc<float, SinglePrecision>>(SpecialFunctions.Erfc, -5, 9, 6, 5),
    };

    private static VectorMathFunction Row<TDouble, TSingle>(Func<double, double> reference, double low, double high, double ulps, int singleUlps)
        where TDouble : struct, IUnaryOperator<double>
        where TSingle : struct, IUnaryOperator<float> => new(reference, low, high, ulps, singleUlps, Loops<double, TDouble>(), Loops<float, TSingle>());

    private static VectorLoops<T> Loops<T, TOperator>()
        where T : unmanaged
        where TOperator : struct, IUnaryOperator<T> => new(
            ElementwiseLoops.Apply<T, TOperator>,
            ElementwiseLoops.Loop<T, SimdVector512<T>, TOperator>,
            ElementwiseLoops.Loop<T, SimdVector256<T>, TOperator>,
            ElementwiseLoops.Loop<T, SimdVector128<T>, TOperator>);

    /// <summary>The bits as an integer, for comparing.</summary>
    public static long Bits<T>(T value)
        where T : unmanaged => Unsafe.SizeOf<T>() == 4 ? Unsafe.BitCast<T, int>(value) : Unsafe.BitCast<T, long>(value);
}
