using ILGPU;
using Vector = Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Devices.Functions;

/// <summary>The elementwise primitives on doubles, by their names.</summary>
internal static partial class Real64
{
    private const double Whole = 4503599627370496; // from here on every number is whole

    public static double Add(double x, double y) => x + y;

    public static double Sub(double x, double y) => x - y;

    public static double Mul(double x, double y) => x * y;

    public static double Div(double x, double y) => x / y;

    /// <summary>The greater; NaN propagates, and 0 is greater than −0.</summary>
    public static double Max(double x, double y) => x > y || double.IsNaN(x) ? x : y > x || double.IsNaN(y) ? y
        : Interop.IntAsFloat(Interop.FloatAsInt(x) & Interop.FloatAsInt(y));

    /// <summary>The lesser; NaN propagates, and −0 is less than 0.</summary>
    public static double Min(double x, double y) => x < y || double.IsNaN(x) ? x : y < x || double.IsNaN(y) ? y
        : Interop.IntAsFloat(Interop.FloatAsInt(x) | Interop.FloatAsInt(y));

    public static double Neg(double x) => -x;

    public static double Abs(double x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0x7FFFFFFFFFFFFFFF);

    /// <summary>1, −1, or the number itself if it is neither above nor below zero.</summary>
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x;

    public static double Sqrt(double x) => Math.Sqrt(x);

    public static double Floor(double x) => Math.Floor(x);

    public static double Ceil(double x) => Math.Ceiling(x);

    /// <summary>The nearest integer, ties to even; adding a number too large for fractions rounds.</summary>
    public static double Round(double x)
    {
        double magnitude = Abs(x);
        return magnitude < Whole ? WithSign(magnitude + Whole - Whole, x) : x;
    }

    public static double Exp(double x) => Apply<Vector.Exp<double, Vector.DoublePrecision>>(x);

    public static double Expm1(double x) => Apply<Vector.Expm1<double, Vector.DoublePrecision>>(x);

    public static double Log(double x) => Apply<Vector.Log<double, Vector.DoublePrecision>>(x);

    public static double Log1p(double x) => Apply<Vector.Log1p<double, Vector.DoublePrecision>>(x);

    public static double Sinh(double x) => Apply<Vector.Sinh<double, Vector.DoublePrecision>>(x);

    public static double Cosh(double x) => Apply<Vector.Cosh<double, Vector.DoublePrecision>>(x);

    public static double Tanh(double x) => Apply<Vector.Tanh<double, Vector.DoublePrecision>>(x);

    public static double Erf(double x) => Apply<Vector.Erf<double, Vector.DoublePrecision>>(x);

    public static double Erfc(double x) => Apply<Vector.Erfc<double, Vector.DoublePrecision>>(x);

    public static double Sigmoid(double x) => Apply<Vector.Sigmoid<double, Vector.DoublePrecision>>(x);

    public static double Softplus(double x) => Apply<Vector.Softplus<double, Vector.DoublePrecision>>(x);

    public static bool Equal(double x, double y) => x == y;

    public static bool Greater(double x, double y) => x > y;

    public static bool GreaterOrEqual(double x, double y) => x >= y;

    public static bool Less(double x, double y) => x < y;

    public static bool LessOrEqual(double x, double y) => x <= y;

    public static bool IsNaN(double x) => double.IsNaN(x);

    public static bool IsInf(double x, int negative, int positive) =>
        ((positive != 0) & (x > double.MaxValue)) | ((negative != 0) & (x < -double.MaxValue));

    public static double Where(bool condition, double x, double y) => condition ? x : y;

    /// <summary>A non-negative number with the sign of another.</summary>
    public static double WithSign(double magnitude, double sign) =>
        Interop.IntAsFloat(Interop.FloatAsInt(magnitude) | (Interop.FloatAsInt(sign) & 0x8000000000000000));

    private static double Apply<TOperator>(double x)
        where TOperator : struct, Vector.IUnaryOperator<double> => TOperator.Of(new Lane64(x)).Value;
}
