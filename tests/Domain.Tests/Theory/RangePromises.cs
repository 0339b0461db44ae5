namespace Backprop.Domain.Tests.Theory;

/// <summary>
/// What operators promise if value and derivative are not within four units in the last place: <see cref="Domain.Operators.Operator.Precision"/> in
/// numbers.
/// </summary>
internal static class RangePromises
{
    public const double Double = 1.1102230246251565e-16;
    public const double Single = 5.960464477539063e-8;

    // For a point, the allowed error in units in the last place of the right number, and of 1.
    private static readonly Dictionary<string, Func<double[], double, (double Relative, double Absolute)>> Promised = new()
    {
        ["Erf"] = (at, _) => Gaussian(at[0]),
        ["Erfc"] = (at, _) => Gaussian(at[0]),
        ["Gelu"] = (at, _) => Gaussian(at[0]) with { Absolute = 8 },
        ["Gelu tanh"] = (at, _) => (8 + (4 * TanhArgument(at[0])), 8),
        ["Swish"] = (_, _) => (0, 8),
        ["Mish"] = (_, _) => (0, 8),
        ["HardSwish"] = (_, _) => (0, 8),
        ["HardSigmoid"] = (_, _) => (0, 8),
        ["Digamma"] = (at, _) => (32, at[0] < 0 ? Reflected(at[0]) : 0),
        ["Lgamma"] = (at, _) => (32, at[0] < 0 ? Reflected(at[0]) : 0),
        ["Polygamma 1"] = (at, _) => (32, at[0] < 0 ? Reflected(at[0]) : 0),
        ["Polygamma 3"] = (_, _) => (32, 0),
        ["Tan"] = (_, unit) => (unit == Single ? 8 : 0, 0),
        ["Rsqrt"] = (_, unit) => (unit == Single ? 8 : 6, 0),
        ["Sigmoid"] = (_, unit) => (unit == Single ? 8 : 0, 0),
        ["Tanh"] = (_, unit) => (unit == Single ? 16 : 0, 0),
        ["Pow"] = (at, unit) => (IsSubnormal(at[0], unit) ? double.PositiveInfinity : unit == Single ? 16 : 0, 0),
        ["Hypot"] = (at, unit) => (IsSubnormal(Math.Max(Math.Abs(at[0]), Math.Abs(at[1])), unit) ? double.PositiveInfinity : 0, 0),
    };

    public static IEnumerable<string> Names => Promised.Keys;

    public static bool Covers(string name, double[] at, double got, double right, double unit)
    {
        if (!Promised.TryGetValue(name, out Func<double[], double, (double Relative, double Absolute)>? promise))
        {
            return false;
        }

        (double relative, double absolute) = promise(at, unit);
        return double.IsPositiveInfinity(relative) || Math.Abs(got - right) <= unit * ((relative * Math.Abs(right)) + absolute);
    }

    private static (double Relative, double Absolute) Gaussian(double x) => (8 + (4 * x * x), 0);

    private static double TanhArgument(double x)
    {
        x = Math.Min(Math.Abs(x), 20);
        return 1.6 * (x + (0.045 * x * x * x));
    }

    // The largest term of a reflection is about inversely proportional to the distance to the nearest pole.
    private static double Reflected(double x)
    {
        double distance = Math.Abs(x - Math.Round(x));
        return 64 * (1 + Math.Abs(x)) / Math.Min(1, distance * distance);
    }

    private static bool IsSubnormal(double x, double unit) => Math.Abs(x) < (unit == Single ? 1.17549435e-38 : 2.2250738585072014e-308);
}
