using System.Numerics;
using Backprop.Compute.Host.Functions;
using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// The kernels of the elementwise primitives of one operand: <see cref="ElementwiseLoops"/> computes the transcendental ones in vectors, and
/// <see cref="TensorPrimitives"/> those of a single instruction.
/// </summary>
internal static class UnaryKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Sqrt", Unary.Float(TensorPrimitives.Sqrt, TensorPrimitives.Sqrt)),
        ("Exp", Vectorised<Exp<double, DoublePrecision>, Exp<float, SinglePrecision>>()),
        ("Log", Vectorised<Log<double, DoublePrecision>, Log<float, SinglePrecision>>()),
        ("Sin", Vectorised<Sin<double, DoublePrecision>, Sin<float, SinglePrecision>>()),
        ("Cos", Vectorised<Cos<double, DoublePrecision>, Cos<float, SinglePrecision>>()),
        ("Tan", Vectorised<Tan<double, DoublePrecision>, Tan<float, SinglePrecision>>()),
        ("Asin", Mapped(Math.Asin, MathF.Asin)),
        ("Acos", Mapped(Math.Acos, MathF.Acos)),
        ("Atan", Mapped(Math.Atan, MathF.Atan)),
        ("Sinh", Vectorised<Sinh<double, DoublePrecision>, Sinh<float, SinglePrecision>>()),
        ("Cosh", Vectorised<Cosh<double, DoublePrecision>, Cosh<float, SinglePrecision>>()),
        ("Tanh", Vectorised<Tanh<double, DoublePrecision>, Tanh<float, SinglePrecision>>()),
        ("Asinh", Mapped(Math.Asinh, MathF.Asinh)),
        ("Acosh", Mapped(Math.Acosh, MathF.Acosh)),
        ("Atanh", Mapped(Math.Atanh, MathF.Atanh)),
        ("Floor", Unary.Float(TensorPrimitives.Floor, TensorPrimitives.Floor)),
        ("Ceil", Unary.Float(TensorPrimitives.Ceiling, TensorPrimitives.Ceiling)),
        ("Round", Unary.Float(TensorPrimitives.Round, TensorPrimitives.Round)),
        ("Erf", Vectorised<Erf<double, DoublePrecision>, Erf<float, SinglePrecision>>()),
        ("Erfc", Vectorised<Erfc<double, DoublePrecision>, Erfc<float, SinglePrecision>>()),
        ("Log1p", Vectorised<Log1p<double, DoublePrecision>, Log1p<float, SinglePrecision>>()),
        ("Expm1", Vectorised<Expm1<double, DoublePrecision>, Expm1<float, SinglePrecision>>()),
        ("Lgamma", Special(SpecialFunctions.Lgamma)),
        ("Digamma", Special(SpecialFunctions.Digamma)),
        ("Polygamma", Ordered(SpecialFunctions.Polygamma)),
        ("Erfinv", Special(SpecialFunctions.Erfinv)), ("Erfcinv", Special(SpecialFunctions.Erfcinv)), ("Gamma", Special(SpecialFunctions.Gamma)),
        ("Erfcx", Ordered(SpecialFunctions.Erfcx)), ("BesselI", Ordered(SpecialFunctions.BesselI)),
        ("Sigmoid", Vectorised<Sigmoid<double, DoublePrecision>, Sigmoid<float, SinglePrecision>>()),
        ("Softplus", Vectorised<Softplus<double, DoublePrecision>, Softplus<float, SinglePrecision>>()),
        ("Neg", Unary.Number(TensorPrimitives.Negate, TensorPrimitives.Negate, TensorPrimitives.Negate)),
        ("Abs", Unary.Number(TensorPrimitives.Abs, TensorPrimitives.Abs, Unary.Map<long, long>(x => unchecked(x < 0 ? -x : x)))),
        ("Sign", Unary.Number(ElementwiseLoops.Apply<double, Sign<double>>, ElementwiseLoops.Apply<float, Sign<float>>, Unary.Map<long,
            long>(x => Math.Sign(x)))),
        ("Not", Typed.Of(bits: Unary.Of(Unary.Map<bool, bool>(x => !x)))),
        ("IsNaN", Typed.Of(Unary.Of(Unary.Map<double, bool>(double.IsNaN)), Unary.Of(Unary.Map<float, bool>(float.IsNaN)))),
        ("IsInf", Typed.Of(IsInf<double>, IsInf<float>)),
    ];

    private static Kernel Vectorised<TDouble, TSingle>()
        where TDouble : struct, IUnaryOperator<double>
        where TSingle : struct, IUnaryOperator<float> => Unary.Float(ElementwiseLoops.Apply<double, TDouble>, ElementwiseLoops.Apply<float, TSingle>);

    private static Kernel Mapped(Func<double, double> f64, Func<float, float> f32) => Unary.Float(Unary.Map(f64), Unary.Map(f32));

    private static Kernel Special(Func<double, double> function) => Unary.Float(Unary.Map(function), Unary.Rounded(function));

    // A family of functions, selected by the node's attribute n. Each takes as long as many additions: stretches are short, so that a call ends soon
    // after it is cancelled.
    private static Kernel Ordered(Func<int, double, double> function)
    {
        const int Cost = 64;
        return Typed.Of(call => Run(call, Unary.Map(Chosen(call))), call => Run(call, Unary.Rounded(Chosen(call))));

        Func<double, double> Chosen(KernelCall call)
        {
            int n = call.Node.Integer("n");
            return x => function(n, x);
        }

        static void Run<T>(KernelCall call, UnaryLoop<T, T> loop)
            where T : unmanaged
        {
            View x = call.Operands[0], y = call.Result;
            Chunks.ForItems(y.Count, Cost, call.Cancellation, (start, length) =>
                loop(x.Values<T>().Slice(start, length), y.Values<T>().Slice(start, length)));
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
