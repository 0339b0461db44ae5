using System.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// The rows of the elementwise primitives of one operand. <see cref="TensorPrimitives"/> serves where it holds 4 units in the
/// last place; its hyperbolic functions do not (tanh and sinh cancel near zero, cosh is 500 units off near overflow).
/// </summary>
internal static class UnaryKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Sqrt", Unary.Float(TensorPrimitives.Sqrt, TensorPrimitives.Sqrt)),
        ("Exp", Unary.Float(Elementary.Exp, Elementary.Exp)),
        ("Log", Unary.Float(TensorPrimitives.Log, TensorPrimitives.Log)),
        ("Sin", Unary.Float(Elementary.Sin, Elementary.Sin)),
        ("Cos", Unary.Float(Elementary.Cos, Elementary.Cos)),
        ("Tan", Unary.Float(Elementary.Tan, Elementary.Tan)),
        ("Asin", Mapped(Math.Asin, MathF.Asin)),
        ("Acos", Mapped(Math.Acos, MathF.Acos)),
        ("Atan", Mapped(Math.Atan, MathF.Atan)),
        ("Sinh", Mapped(Math.Sinh, MathF.Sinh)),
        ("Cosh", Mapped(Math.Cosh, MathF.Cosh)),
        ("Tanh", Mapped(Math.Tanh, MathF.Tanh)),
        ("Asinh", Mapped(Math.Asinh, MathF.Asinh)),
        ("Acosh", Mapped(Math.Acosh, MathF.Acosh)),
        ("Atanh", Mapped(Math.Atanh, MathF.Atanh)),
        ("Floor", Unary.Float(TensorPrimitives.Floor, TensorPrimitives.Floor)),
        ("Ceil", Unary.Float(TensorPrimitives.Ceiling, TensorPrimitives.Ceiling)),
        ("Round", Unary.Float(TensorPrimitives.Round, TensorPrimitives.Round)),
        ("Erf", Special(SpecialFunctions.Erf)),
        ("Erfc", Special(SpecialFunctions.Erfc)),
        ("Log1p", Special(SpecialFunctions.Log1p)),
        ("Expm1", Special(SpecialFunctions.Expm1)),
        ("Lgamma", Special(SpecialFunctions.Lgamma)),
        ("Digamma", Special(SpecialFunctions.Digamma)),
        ("Polygamma", Typed.Of(Polygamma64, Polygamma32)),
        ("Sigmoid", Special(SpecialFunctions.Sigmoid)),
        ("Softplus", Special(SpecialFunctions.Softplus)),
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
