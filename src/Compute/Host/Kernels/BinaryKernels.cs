using System.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Backprop.Compute.Host.Kernels;

/// <summary>The rows of the elementwise primitives of two operands.</summary>
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
        ("Pow", Binary.Number(Power, Power, Binary.Map<long, long>(Integers.Power))),
        ("Mod", Typed.Of(Binary.Of<double, double>(Remainder), Binary.Of<float, float>(Remainder), Modulus())),
        ("Atan2", Binary.Float(Binary.Map<double, double>(Math.Atan2), Binary.Map<float, float>(MathF.Atan2))),
        ("Equal", Binary.Compare(Equal, Equal, Equal, Binary.Map<bool, bool>((x, y) => x == y))),
        ("Greater", Binary.Compare(Greater, Greater, Greater)),
        ("GreaterOrEqual", Binary.Compare(GreaterOrEqual, GreaterOrEqual, GreaterOrEqual)),
        ("Less", Binary.Compare(Less, Less, Less)),
        ("LessOrEqual", Binary.Compare(LessOrEqual, LessOrEqual, LessOrEqual)),
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

    private static void Power<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, half = T.One / two;
        for (int i = 0; i < result.Length; i++)
        {
            T b = x[i], e = y[i];
            result[i] = e == two ? b * b
                : e == T.One ? b
                : e == half && b >= T.Zero ? T.Sqrt(b) + T.Zero // −0 becomes 0
                : T.Pow(b, e);
        }
    }

    private static void Equal<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : INumber<T>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = x[i] == y[i];
        }
    }

    private static void Greater<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : INumber<T>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = x[i] > y[i];
        }
    }

    private static void GreaterOrEqual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : INumber<T>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = x[i] >= y[i];
        }
    }

    private static void Less<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : INumber<T> => Greater(y, x, result);

    private static void LessOrEqual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : INumber<T> => GreaterOrEqual(y, x, result);
}
