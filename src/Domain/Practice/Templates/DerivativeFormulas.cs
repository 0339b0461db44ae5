using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Derivatives as formulas, written as people write them; only those are asked with which the engine's gradient agrees.</summary>
internal static class DerivativeFormulas
{
    private const double Tolerance = 1e-9;

    public static readonly QuestionTemplate[] Rows =
    [
        Row("derivative-formula", QuestionFormat.Expression, "form=0..7 k=2..5 m=2..4", d =>
            Derivative(d, FunctionDerivatives.Of(d.Int("form"), d.Int("k"), d.Int("m")), "x", [new Variable("x")])),
        Row("partial-derivative", QuestionFormat.Expression, "form=0..4 k=2..5 m=2..4", PartialDerivative),
        Row("activation-derivative", QuestionFormat.Expression, "form=0..4 k=2..4", d =>
            Derivative(d, ActivationDerivatives.Of(d.Int("form"), d.Int("k")), "x", [new Variable("x")])),
        Row("mixed-second-derivative", QuestionFormat.Numeric, "k=2..5 m=2..3 x=-3..3 y=-3..3", MixedSecondDerivative),
    ];

    private static Drawn? PartialDerivative(TemplateDraw d)
    {
        string wrt = d.Random.Pick("x", "y");
        return Derivative(d, PartialDerivatives.Of(d.Int("form"), d.Int("k"), d.Int("m"), wrt), wrt, [new Variable("x"), new Variable("y")]);
    }

    private static Drawn? Derivative(TemplateDraw d, WrittenDerivative written, string wrt, Variable[] variables) =>
        !Agrees(d, written, wrt) ? null : new Drawn
        {
            Figure = Figure($"f = {written.Function}"),
            Texts = Texts(("f", written.Function), ("wrt", wrt), ("derivative", written.Formula), ("steps", written.Steps), ("slip", written.Slip)),
            Formula = new ExpressionKey
            {
                Formula = written.Formula,
                Variables = variables,
                Mistakes =
                [
                    .. written.Mistakes
                        .Append(new ExpressionMistake(written.Function, "That is the function itself, not its derivative."))
                        .Append(new ExpressionMistake($"-({written.Formula})", "All but the sign is right."))
                        .DistinctBy(mistake => mistake.Formula),
                ],
            },
        };

    private static bool Agrees(TemplateDraw d, WrittenDerivative written, string wrt) =>
        new[] { (X: 0.7, Y: 0.4), (X: -0.6, Y: 0.9) }.All(point =>
        {
            double slope = d.At(written.Function, Point(d, written.Function, point)).Of(wrt);
            double value = d.At(written.Formula, Point(d, written.Formula, point)).Value;
            return Math.Abs(slope - value) <= Tolerance * Math.Max(1, Math.Abs(slope));
        });

    private static Dictionary<string, double> Point(TemplateDraw d, string formula, (double X, double Y) at) =>
        d.Read(formula).Inputs.ToDictionary(input => input.Name, input => input.Name == "x" ? at.X : at.Y, StringComparer.Ordinal);

    private static Drawn? MixedSecondDerivative(TemplateDraw d)
    {
        (int k, int m) = (d.Int("k"), d.Int("m"));
        string f = $"{Power("x", m)}*y^2 + {k}*x*y";
        string first = $"{m}*{Power("x", m - 1)}*y^2 + {k}*y";
        Figure figure = Figure($"f = {f}", ("x", d["x"]), ("y", d["y"]));
        if (d["x"] == 0 || d["y"] == 0)
        {
            return null;
        }

        // The gradient of the gradient: the derivative with respect to x is differentiated with respect to y.
        double answer = d.At(first, figure.Inputs).Of("y");
        ValueAndGradients at = d.At(figure);
        return answer == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("f", f), ("first", first), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (at.Of("x"), "That is ∂f/∂x: it is still to be differentiated with respect to y."),
                (at.Of("y"), "That is ∂f/∂y: it is still to be differentiated with respect to x."),
                (d.At(first, figure.Inputs).Of("x"), "That is ∂²f/∂x²."),
                (at.Of("x") * at.Of("y"), "The product of the first derivatives is not the mixed second one.")),
        };
    }
}
