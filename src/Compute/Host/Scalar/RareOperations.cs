using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Functions;
using Backprop.Compute.Host.Kernels.Reductions;

namespace Backprop.Compute.Host.Scalar;

/// <summary>The operations that a scalar program performs by a call. Their results are those of the ordinary kernels.</summary>
internal static class RareOperations
{
    /// <summary>The result for one or two operands.</summary>
    /// <param name="code">Which operation.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand, if there is one.</param>
    /// <param name="number">An integer parameter of the node: the order of a polygamma function, or the infinities to detect (1: negative, 2:
    /// positive).</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Of<T>(Opcode code, T a, T b, int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => code switch
        {
            Opcode.Pow => Power(a, b),
            Opcode.Mod => a % b,
            Opcode.Atan2 => T.Atan2(a, b),
            Opcode.Hypot => NormRange<T>.Hypot(a, b),
            Opcode.And => Truth<T>(!T.IsZero(a) & !T.IsZero(b)),
            Opcode.Or => Truth<T>(!T.IsZero(a) | !T.IsZero(b)),
            Opcode.Xor => Truth<T>(T.IsZero(a) ^ T.IsZero(b)),
            Opcode.Not => Truth<T>(T.IsZero(a)),
            Opcode.IsTrue => Truth<T>(!T.IsZero(a)),
            Opcode.IsNaN => Truth<T>(T.IsNaN(a)),
            Opcode.IsInf => Truth<T>(((number & 1) != 0 && T.IsNegativeInfinity(a)) || ((number & 2) != 0 && T.IsPositiveInfinity(a))),
            _ => OfOne(code, a, number),
        };

    private static T OfOne<T>(Opcode code, T a, int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => code switch
        {
            Opcode.Abs => T.Abs(a),
            Opcode.Sign => a > T.Zero ? T.One : a < T.Zero ? -T.One : a,
            Opcode.Floor => T.Floor(a),
            Opcode.Ceil => T.Ceiling(a),
            Opcode.Round => T.Round(a),
            Opcode.Tan => T.Tan(a),
            Opcode.Asin => T.Asin(a),
            Opcode.Acos => T.Acos(a),
            Opcode.Atan => T.Atan(a),
            Opcode.Sinh => T.Sinh(a),
            Opcode.Cosh => T.Cosh(a),
            Opcode.Asinh => T.Asinh(a),
            Opcode.Acosh => T.Acosh(a),
            Opcode.Atanh => T.Atanh(a),
            _ => T.CreateSaturating(Special(code, double.CreateSaturating(a), number)),
        };

    // In single precision, too, these are computed in double and rounded once.
    private static double Special(Opcode code, double x, int number) => code switch
    {
        Opcode.Erf => SpecialFunctions.Erf(x),
        Opcode.Erfc => SpecialFunctions.Erfc(x),
        Opcode.Log1p => SpecialFunctions.Log1p(x),
        Opcode.Expm1 => SpecialFunctions.Expm1(x),
        Opcode.Lgamma => SpecialFunctions.Lgamma(x),
        Opcode.Digamma => SpecialFunctions.Digamma(x),
        Opcode.Polygamma => SpecialFunctions.Polygamma(number, x),
        Opcode.Sigmoid => SpecialFunctions.Sigmoid(x),
        Opcode.Softplus => SpecialFunctions.Softplus(x),
        _ => throw new InvalidOperationException($"A scalar program has no operation {code}."),
    };

    private static T Power<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, half = T.One / two;
        return b == two ? a * a
            : b == T.One ? a
            : b == half && a >= T.Zero ? T.Sqrt(a) + T.Zero // −0 becomes 0
            : T.Pow(a, b);
    }

    private static T Truth<T>(bool holds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => holds ? T.One : T.Zero;
}
