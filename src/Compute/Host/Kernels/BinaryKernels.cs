using System.Numerics;
using Backprop.Compute.Host.Kernels.Reductions;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.Kernels;

/// <summary>The kernels of the elementwise primitives of two operands.</summary>
internal static class BinaryKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() =>
    [
        ("Add", Binary.Number(TensorPrimitives.Add, TensorPrimitives.Add, TensorPrimitives.Add)),
        ("Sub", Binary.Number(TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract)),
        ("Mul", Binary.Number(TensorPrimitives.Multiply, TensorPrimitives.Multiply, TensorPrimitives.Multiply)),
        ("Div", Binary.Number(TensorPrimitives.Divide, TensorPrimitives.Divide, Binary.Map<long, long>(Integers.Divide))),
        ("Max", Binary.Number(TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max)),
        ("Min", Binary.Number(TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min)),
        ("Pow", Binary.Number(Powering.Apply, Powering.Apply, Binary.Map<long, long>(Integers.Power))),
        ("Mod", Typed.Of(Binary.Of<double, double>(Remainder), Binary.Of<float, float>(Remainder), Modulus())),
        ("Atan2", Binary.Float(Binary.Map<double, double>(Math.Atan2), Binary.Map<float, float>(MathF.Atan2))),
        ("Hypot", Binary.Float(Binary.Map<double, double>(NormRange<double>.Hypot), Binary.Map<float, float>(NormRange<float>.Hypot))),
        ("Equal", Compared<Equal>(Binary.Map<bool, bool>((x, y) => x == y))),
        ("Greater", Reversed<Less>()),
        ("GreaterOrEqual", Reversed<LessOrEqual>()),
        ("Less", Compared<Less>()),
        ("LessOrEqual", Compared<LessOrEqual>()),
        ("And", Typed.Of(bits: Binary.Of(Binary.Map<bool, bool>((x, y) => x & y)))),
        ("Or", Typed.Of(bits: Binary.Of(Binary.Map<bool, bool>((x, y) => x | y)))),
        ("Xor", Typed.Of(bits: Binary.Of(Binary.Map<bool, bool>((x, y) => x ^ y)))),
    ];

    private static Kernel Modulus()
    {
        Kernel floored = Binary.Of(Binary.Map<long, long>(Integers.Modulus));
        Kernel truncated = Binary.Of(Binary.Map<long, long>(Integers.Remainder));
        return call => (call.Node.Flag("fmod") ? truncated : floored)(call);
    }

    private static void Remainder<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : IModulusOperators<T, T, T>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = x[i] % y[i];
        }
    }

    private static Kernel Compared<TComparison>(BinaryLoop<bool, bool>? bits = null)
        where TComparison : struct, IComparison => Binary.Compare(
            Comparison.Apply<double, TComparison>, Comparison.Apply<float, TComparison>, Comparison.Apply<long, TComparison>, bits);

    private static Kernel Reversed<TComparison>()
        where TComparison : struct, IComparison => Binary.Compare(
            (x, y, result) => Comparison.Apply<double, TComparison>(y, x, result),
            (x, y, result) => Comparison.Apply<float, TComparison>(y, x, result),
            (x, y, result) => Comparison.Apply<long, TComparison>(y, x, result));
}
