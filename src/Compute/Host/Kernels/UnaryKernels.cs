using System.Numerics;
using Backprop.Compute.Host.VectorMath;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// The rows of the elementwise primitives of one operand: <see cref="Elementwise"/> computes the transcendental ones in vectors, and
/// <see cref="TensorPrimitives"/> serves for what is a single instruction.
/// </summary>
internal static class UnaryKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Sqrt", Unary.Float(TensorPrimitives.Sqrt, TensorPrimitives.Sqrt)),
        ("Exp", Unary.Float(Elementwise.Apply<double, Exp<double, DoublePrecision>>, Elementwise.Apply<float, Exp<float, SinglePrecision>>)),
        ("Log", Unary.Float(Elementwise.Apply<double, Log<double, DoublePrecision>>, Elementwise.Apply<float, Log<float, SinglePrecision>>)),
        ("Sin", Unary.Float(Elementwise.Apply<double, Sin<double, DoublePrecision>>, Elementwise.Apply<float, Sin<float, SinglePrecision>>)),
        ("Cos", Unary.Float(Elementwise.Apply<double, Cos<double, DoublePrecision>>, Elementwise.Apply<float, Cos<float, SinglePrecision>>)),
        ("Tan", Unary.Float(Elementwise.Apply<double, Tan<double, DoublePrecision>>, Elementwise.Apply<float, Tan<float, SinglePrecision>>)),
        ("Asin", Mapped(Math.Asin, MathF.Asin)),
        ("Acos", Mapped(Math.Acos, MathF.Acos)),
        ("Atan", Mapped(Math.Atan, MathF.Atan)),
        ("Sinh", Unary.Float(Elementwise.Apply<double, Sinh<double, DoublePrecision>>, Elementwise.Apply<float, Sinh<float, SinglePrecision>>)),
        ("Cosh", Unary.Float(Elementwise.Apply<double, Cosh<double, DoublePrecision>>, Elementwise.Apply<float, Cosh<float, SinglePrecision>>)),
        ("Tanh", Unary.Float(Elementwise.Apply<double, Tanh<double, DoublePrecision>>, Elementwise.Apply<float, Tanh<float, SinglePrecision>>)),
        ("Asinh", Mapped(Math.Asinh, MathF.Asinh)),
        ("Acosh", Mapped(Math.Acosh, MathF.Acosh)),
        ("Atanh", Mapped(Math.Atanh, MathF.Atanh)),
        ("Floor", Unary.Float(TensorPrimitives.Floor, TensorPrimitives.Floor)),
        ("Ceil", Unary.Float(TensorPrimitives.Ceiling, TensorPrimitives.Ceiling)),
        ("Round", Unary.Float(TensorPrimitives.Round, TensorPrimitives.Round)),
        ("Erf", Unary.Float(Elementwise.Apply<double, Erf<double, DoublePrecision>>, Elementwise.Apply<float, Erf<float, SinglePrecision>>)),
        ("Erfc", Unary.Float(Elementwise.Apply<double, Erfc<double, DoublePrecision>>, Elementwise.Apply<float, Erfc<float, SinglePrecision>>)),
        ("Log1p", Unary.Float(Elementwise.Apply<double, Log1p<double, DoublePrecision>>, Elementwise.Apply<float, Log1p<float, SinglePrecision>>)),
        ("Expm1", Unary.Float(Elementwise.Apply<double, Expm1<double, DoublePrecision>>, Elementwise.Apply<float, Expm1<float, SinglePrecision>>)),
        ("Lgamma", Special(SpecialFunctions.Lgamma)),
        ("Digamma", Special(SpecialFunctions.Digamma)),
        ("Polygamma", Typed.Of(Polygamma64, Polygamma32)),
        ("Sigmoid", Unary.Float(Elementwise.Apply<double, Sigmoid<double, DoublePrecision>>, Elementwise.Apply<float, Sigmoid<float, SinglePrecision>>)),
        ("Softplus", Unary.Float(Elementwise.Apply<double, Softplus<double, DoublePrecision>>, Elementwise.Apply<float, Softplus<float, SinglePrecision>>)),
        ("Neg", Unary.Number(TensorPrimitives.Negate, TensorPrimitives.Negate, TensorPrimitives.Negate)),
        ("Abs", Unary.Number(TensorPrimitives.Abs, TensorPrimitives.Abs, Unary.Map<long, long>(x => unchecked(x < 0 ? -x : x)))),
        ("Sign", Unary.Number(Sign, Sign, Sign)),
        ("Not", Typed.Of(bits: Unary.Of(Unary.Map<bool, bool>(x => !x)))),
        ("IsNaN", Typed.Of(Unary.Of(Unary.Map<double, bool>(double.IsNaN)), Unary.Of(Unary.Map<float, bool>(float.IsNaN)))),
        ("IsInf", Typed.Of(IsInf<double>, IsInf<float>)),
    ];

    private static Kernel Mapped(Func<double, double> f64, Func<float, float> f32) => Unary.Float(Unary.Map(f64), Unary.Map(f32));

    private static Kernel Special(Func<double, double> function) => Unary.Float(Unary.Map(function), Unary.Rounded(function));

    private static void Polygamma64(KernelCall call)
    {
        int n = call.Node.Integer("n");
        Unary.Run(call.Operands[0], call.Result, Unary.Map<double, double>(x => SpecialFunctions.Polygamma(n, x)), call.Cancellation);
    }

    private static void Polygamma32(KernelCall call)
    {
        int n = call.Node.Integer("n");
        Unary.Run(call.Operands[0], call.Result, Unary.Rounded(x => SpecialFunctions.Polygamma(n, x)), call.Cancellation);
    }

    private static void Sign<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : INumber<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            // What compares neither way, zero and NaN, is its own sign.
            y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? -T.One : x[i];
        }
    }

    private static void IsInf<T>(KernelCall call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool negative = call.Node.Flag("detect_negative");
        bool positive = call.Node.Flag("detect_positive");
        Unary.Run(
            call.Operands[0],
            call.Result,
            Unary.Map<T, bool>(x => (positive && T.IsPositiveInfinity(x)) || (negative && T.IsNegativeInfinity(x))),
            call.Cancellation);
    }
}
