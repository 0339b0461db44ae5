using Backprop.Compute.Host.Functions;
using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <content>Powers, by a logarithm of twice the precision because its error is multiplied by the exponent. And remainders.</content>
internal static partial class Real64
{
    private const double Log2High = 0.6931471803691238;
    private const double Log2Low = 1.9082149292705877e-10;

    /// <summary>The powers that are frequent in gradients are products, as on the host.</summary>
    public static double Pow(double x, double y) =>
        y == 2 ? x * x
        : y == 3 ? x * x * x
        : y == 1 ? x
        : y == -1 ? 1 / x
        : y == 0.5 && x >= 0 ? Sqrt(x) + 0
        : Power(x, y);

    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    public static double Power(double x, double y)
    {
        double a = Abs(x), b = Abs(y);
        bool whole = Math.Floor(y) == y;
        bool odd = whole && b < 9007199254740992 && ((long)b & 1) != 0;
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return x + y;
        }

        if (b > double.MaxValue)
        {
            return a == 1 ? 1 : (a > 1) == (y > 0) ? double.PositiveInfinity : 0;
        }

        double power = a == 0 || a > double.MaxValue
            ? (a == 0) == (y > 0) ? 0 : double.PositiveInfinity
            : x < 0 && !whole ? double.NaN : PowerOfPositive(a, y);
        return odd ? WithSign(power, x) : power;
    }

    /// <summary>The remainder of x/y with the sign of x (C's fmod): multiples of y, each exact, are subtracted.</summary>
    public static double Mod(double x, double y)
    {
        double rest = Abs(x), step = Abs(y), least = step;
        if (!(rest <= double.MaxValue) || !(step > 0))
        {
            return double.NaN;
        }

        while (step <= rest * 0.5)
        {
            step += step;
        }

        while (step >= least && rest >= least)
        {
            rest -= rest >= step ? step : 0;
            step *= 0.5;
        }

        return WithSign(rest, x);
    }

    private static double PowerOfPositive(double x, double y)
    {
        double n = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984;
            n = -54;
        }

        // x = 2ⁿ·m, √½ ≤ m < √2; log m = 2 atanh s with s = (m − 1)/(m + 1) in two parts.
        long shift = ((long)Interop.FloatAsInt(x) - 0x3FE6A09E667F3BCD) >> 52;
        n += shift;
        double m = Interop.IntAsFloat((ulong)((long)Interop.FloatAsInt(x) - (shift << 52)));
        double f = m - 1, d = m + 1;
        double dRest = m - (d - 1);
        double s = f / d, sRest = (Fused.MultiplyAdd(-s, d, f) - (s * dRest)) / d, z = s * s;
        double series = new Horner<Elementary>(z, 2.0 / 23).Then(2.0 / 21).Then(2.0 / 19).Then(2.0 / 17).Then(2.0 / 15).Then(2.0 / 13).Then(2.0 / 11)
            .Then(2.0 / 9).Then(2.0 / 7).Then(2.0 / 5).Then(2.0 / 3).Value;
        double big = n * Log2High, sum = big + (2 * s);
        double lost = big == 0 ? 0 : 2 * s - (sum - big);
        double small = lost + ((n * Log2Low) + ((2 * sRest) + (s * z * series)));
        double high = sum + small, low = small - (high - sum);

        double exponent = y * high;
        double rest = Fused.MultiplyAdd(y, high, -exponent) + (y * low);
        double power = Exp(exponent);
        return exponent > 710 || exponent < -746 ? power : Fused.MultiplyAdd(power, rest, power);
    }
}
