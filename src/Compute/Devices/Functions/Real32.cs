using ILGPU;
using Vector = Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Devices.Functions;

/// <summary>The elementwise primitives on floats, by their names.</summary>
internal static partial class Real32
{
    private const float Whole = 8388608; // from here on every number is whole

    public static float Add(float x, float y) => x + y;

    public static float Sub(float x, float y) => x - y;

    public static float Mul(float x, float y) => x * y;

    public static float Div(float x, float y) => x / y;

    /// <summary>The greater; NaN propagates, and 0 is greater than −0.</summary>
    public static float Max(float x, float y) => x > y || float.IsNaN(x) ? x : y > x || float.IsNaN(y) ? y
        : Interop.IntAsFloat(Interop.FloatAsInt(x) & Interop.FloatAsInt(y));

    /// <summary>The lesser; NaN propagates, and −0 is less than 0.</summary>
    public static float Min(float x, float y) => x < y || float.IsNaN(x) ? x : y < x || float.IsNaN(y) ? y
        : Interop.IntAsFloat(Interop.FloatAsInt(x) | Interop.FloatAsInt(y));

    public static float Neg(float x) => -x;

    public static float Abs(float x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0x7FFFFFFF);

    /// <summary>1, −1, or the number itself if it is neither above nor below zero.</summary>
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : x;

    public static float Sqrt(float x) => MathF.Sqrt(x);

    public static float Floor(float x) => MathF.Floor(x);

    public static float Ceil(float x) => MathF.Ceiling(x);

    /// <summary>The nearest integer, ties to even; adding a number too large for fractions rounds.</summary>
    public static float Round(float x)
    {
        float magnitude = Abs(x);
        return magnitude < Whole ? WithSign(magnitude + Whole - Whole, x) : x;
    }

    public static float Exp(float x) => Apply<Vector.Exp<float, Vector.SinglePrecision>>(x);

    public static float Expm1(float x) => Apply<Vector.Expm1<float, Vector.SinglePrecision>>(x);

    public static float Log(float x) => Apply<Vector.Log<float, Vector.SinglePrecision>>(x);

    public static float Log1p(float x) => Apply<Vector.Log1p<float, Vector.SinglePrecision>>(x);

    public static float Sinh(float x) => Apply<Vector.Sinh<float, Vector.SinglePrecision>>(x);

    public static float Cosh(float x) => Apply<Vector.Cosh<float, Vector.SinglePrecision>>(x);

    public static float Tanh(float x) => Apply<Vector.Tanh<float, Vector.SinglePrecision>>(x);

    public static float Erf(float x) => Apply<Vector.Erf<float, Vector.SinglePrecision>>(x);

    public static float Erfc(float x) => Apply<Vector.Erfc<float, Vector.SinglePrecision>>(x);

    public static float Sigmoid(float x) => Apply<Vector.Sigmoid<float, Vector.SinglePrecision>>(x);

    public static float Softplus(float x) => Apply<Vector.Softplus<float, Vector.SinglePrecision>>(x);

    public static bool Equal(float x, float y) => x == y;

    public static bool Greater(float x, float y) => x > y;

    public static bool GreaterOrEqual(float x, float y) => x >= y;

    public static bool Less(float x, float y) => x < y;

    public static bool LessOrEqual(float x, float y) => x <= y;

    public static bool IsNaN(float x) => float.IsNaN(x);

    public static bool IsInf(float x, int negative, int positive) =>
        ((positive != 0) & (x > float.MaxValue)) | ((negative != 0) & (x < -float.MaxValue));

    public static float Where(bool condition, float x, float y) => condition ? x : y;

    /// <summary>A non-negative number with the sign of another.</summary>
    public static float WithSign(float magnitude, float sign) =>
        Interop.IntAsFloat(Interop.FloatAsInt(magnitude) | (Interop.FloatAsInt(sign) & 0x80000000));

    private static float Apply<TOperator>(float x)
        where TOperator : struct, Vector.IUnaryOperator<float> => TOperator.Of(new Lane32(x)).Value;
}
