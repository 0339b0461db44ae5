using System.Globalization;
using System.Text.RegularExpressions;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Keys of the gradient templates by central differences of functions written out here, from what the learner sees.</summary>
internal static class GradientOracles
{
    public static readonly Dictionary<string, Func<Shown, double>> All = new()
    {
        ["affine-square"] = q => q.Slope(q.Part(@"∂L/∂(\w)"), AffineSquare),
        ["fan-out-sum"] = q => q.Slope("x", v => (v("x") * v("y")) + (q.Constants[0] * v("x") * v("x"))),
        ["shared-weight"] = q => q.Slope("w", v => v("w") * ((v("w") * v("x")) + v("b"))),
        ["descent-step"] = q => q["w"] - (q.Numbers[0] * q.Slope("w", v => Square((v("w") * v("x")) - v("y")))),
        ["first-order-change"] = q => q.Numbers[0] * q.Slope("a", AffineSquare),
        ["relu-gradient"] = q => q.Slope("w", v => v("v") * Math.Max(0, (v("w") * v("x")) + v("b"))),
        ["add-gate-fan-out"] = q => q.Constants.Sum(),
        ["gate-upstream"] = q => q.Slope("x", v => v("p") * v("z") * (v("x") + v("y"))),
        ["sigmoid-chain"] = q => q.Slope("h0", v => Chain(q, v, Sigmoid)),
        ["tanh-recurrence"] = q => q.Slope("h0", v => Chain(q, v, Math.Tanh)),
        ["cross-entropy-logit"] = q => q.Slope(q.Part(@"∂L/∂(z\d)"), v => -Math.Log(Math.Exp(v(q.Part(@"- (z\d)"))) / (Math.Exp(v("z1")) + Math.Exp(v("z2")) + Math.Exp(v("z3"))))),
        ["sigmoid-squared-error"] = q => q.Slope("w", v => Square(Sigmoid(v("w") * v("x")) - v("y"))),
        ["clipped-gradient"] = ClippedGradient,
        ["directional-derivative"] = DirectionalDerivative,
        ["mixed-second-derivative"] = MixedSecondDerivative,
        ["difference-quotient"] = q => (Math.Pow(q.Numbers[2] + q.Numbers[1], q.Constants[0]) - Math.Pow(q.Numbers[2], q.Constants[0])) / q.Numbers[1],
        ["jacobian-passes"] = q => Math.Min(q.Numbers[0], q.Numbers[1]),
    };

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The forms of the template <c>largest-gradient</c>.</summary>
    public static double Form(string formula, Func<string, double> v) => formula switch
    {
        "L = (a*b + c)^2" => AffineSquare(v),
        "L = a*b + b*c" => v("b") * (v("a") + v("c")),
        "L = a^2*b - c" => (v("a") * v("a") * v("b")) - v("c"),
        "L = (a - b)*c^2" => (v("a") - v("b")) * v("c") * v("c"),
        _ => throw new ArgumentException(formula),
    };

    private static double AffineSquare(Func<string, double> v) => Square((v("a") * v("b")) + v("c"));

    private static double Square(double x) => x * x;

    private static double Chain(Shown q, Func<string, double> v, Func<double, double> activation)
    {
        double h = v("h0");
        for (int i = 0; i < q.Formula.Count(c => c == '='); i++)
        {
            h = activation(v("w") * h);
        }

        return h;
    }

    private static double ClippedGradient(Shown q)
    {
        double Target(string input)
        {
            Match shift = Regex.Match(q.Formula, $@"\({input} ([+-]) (\d+)\)\^2");
            return double.Parse(shift.Groups[2].Value, CultureInfo.InvariantCulture) * (shift.Groups[1].Value == "-" ? 1 : -1);
        }

        double Loss(Func<string, double> v) => Square(v("x") - Target("x")) + Square(v("y") - Target("y"));
        (double x, double y) = (q.Slope("x", Loss), q.Slope("y", Loss));
        double norm = Math.Sqrt((x * x) + (y * y));
        return norm > q.Numbers[0] ? x * q.Numbers[0] / norm : x;
    }

    private static double DirectionalDerivative(Shown q)
    {
        const double H = 1e-5;
        double At(double t) => (Square(q["x"] + (t * q.Numbers[0])) + q.Constants[1]) * (q["y"] + (t * q.Numbers[1]));
        return (At(H) - At(-H)) / (2 * H);
    }

    private static double MixedSecondDerivative(Shown q)
    {
        const double H = 3e-4;
        double F(double dx, double dy) => (Math.Pow(q["x"] + dx, q.Constants[0]) * Square(q["y"] + dy)) + (q.Constants[2] * (q["x"] + dx) * (q["y"] + dy));
        return (F(H, H) - F(H, -H) - F(-H, H) + F(-H, -H)) / (4 * H * H);
    }
}
