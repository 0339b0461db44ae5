using System.Globalization;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Derivatives as formulas: the key is the gradient graph itself, written out.</summary>
internal static class DerivativeFormulas
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("derivative-formula", QuestionFormat.Expression, "form=0..7 k=2..5 m=2..4", DerivativeFormula),
        Row("partial-derivative", QuestionFormat.Expression, "form=0..4 k=2..5 m=2..4", PartialDerivative),
        Row("activation-derivative", QuestionFormat.Expression, "form=0..4 k=2..4", ActivationDerivative),
        Row("mixed-second-derivative", QuestionFormat.Numeric, "k=2..5 m=2..3 x=-3..3 y=-3..3", MixedSecondDerivative),
    ];

    private static Drawn? DerivativeFormula(TemplateDraw d)
    {
        (string k, string m) = (Text(d["k"]), Text(d["m"]));
        string f = new[]
        {
            $"x^{m}*exp({k}*x)", $"x*sin({k}*x)", $"log(1 + {k}*x^2)", $"exp(-{k}*x^2)", $"cos({k}*x)^{m}", $"x/(1 + {k}*x^2)",
                $"sqrt({k} + x^{Text(2 * (d["m"] - 1))})", $"sin(x^{m})",
        }[d.Int("form")];
        return Derivative(d, f, "x", [new Variable("x")]);
    }

    private static Drawn? PartialDerivative(TemplateDraw d)
    {
        (string k, string m) = (Text(d["k"]), Text(d["m"]));
        string f = new[] { $"x^{m}*y + {k}*x*y^2", $"exp({k}*x*y)", $"sin(x*y) + {k}*x^{m}", $"log(1 + x^2 + {k}*y^2)",
            $"(x*y + {k})^{m}" }[d.Int("form")];
        return Derivative(d, f, d.Random.Pick("x", "y"), [new Variable("x"), new Variable("y")]);
    }

    private static Drawn? ActivationDerivative(TemplateDraw d)
    {
        string k = Text(d["k"]);
        string f = new[] { $"sigmoid({k}*x)", $"tanh({k}*x)", $"x*sigmoid({k}*x)", $"log(1 + exp({k}*x))", $"x*tanh({k}*x)" }[d.Int("form")];
        return Derivative(d, f, "x", [new Variable("x")]);
    }

    private static Drawn? Derivative(TemplateDraw d, string f, string wrt, Variable[] variables) =>
        FormulaWriter.DerivativeOf($"f = {f}", wrt, d) is not { } derivative ? null : new Drawn
        {
            Figure = Figure($"f = {f}"),
            Texts = Texts(("f", f), ("wrt", wrt), ("derivative", derivative)),
            Formula = new ExpressionKey
            {
                Formula = derivative,
                Variables = variables,
                Mistakes =
                [
                    new ExpressionMistake(f, "That is the function itself, not its derivative."),
                    new ExpressionMistake($"({derivative})/{Text(d["k"])}",
                        $"A factor of {Text(d["k"])} is missing: the derivative of what is inside."),
                    new ExpressionMistake($"-({derivative})", "All but the sign is right."),
                ],
            },
        };

    private static Drawn? MixedSecondDerivative(TemplateDraw d)
    {
        string f = $"x^{Text(d["m"])}*y^2 + {Text(d["k"])}*x*y";
        Figure figure = Figure($"f = {f}", ("x", d["x"]), ("y", d["y"]));
        if (d["x"] == 0 || d["y"] == 0 || FormulaWriter.DerivativeOf(figure.Expression, "x", d) is not { } first)
        {
            return null;
        }

        // The gradient of the gradient: the derivative with respect to x is a graph, which is differentiated with respect to y.
        double answer = d.At(first, figure.Inputs).Of("y");
        ValueAndGradients at = d.At(figure);
        return answer == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("f", f), ("first", first), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (at.Of("x"), "That is ∂f/∂x: it is still to be differentiated by y."),
                (at.Of("y"), "That is ∂f/∂y: it is still to be differentiated by x."),
                (d.At(first, figure.Inputs).Of("x"), "That is ∂²f/∂x²."),
                (at.Of("x") * at.Of("y"), "The product of the first derivatives is not the mixed second one.")),
        };
    }

    private static string Text(double whole) => whole.ToString(CultureInfo.InvariantCulture);
}
