using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Gradients of small scalar graphs; reverse mode gives all keys.</summary>
internal static class ScalarGradients
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("affine-square", QuestionFormat.Numeric, "a=-5..5 b=-5..5 c=-9..9", AffineSquare),
        Row("fan-out-sum", QuestionFormat.Numeric, "k=2..5 x=-4..4 y=-9..9", FanOutSum),
        Row("shared-weight", QuestionFormat.Numeric, "b=-6..6 w=-4..4 x=-5..5", SharedWeight),
        Row("largest-gradient", QuestionFormat.MultipleChoice, "a=-4..4 b=-4..4 c=-4..4 form=0..3", LargestGradient),
        Row("descent-step", QuestionFormat.Numeric, "rate=0.01,0.02,0.05,0.1 w=-3..3/0.5 x=1..4 y=-6..6", DescentStep),
        Row("first-order-change", QuestionFormat.Numeric, "a=-4..4 b=-4..4 c=-6..6 move=-0.4..0.4/0.1", FirstOrderChange),
    ];

    private static Drawn? AffineSquare(TemplateDraw d)
    {
        (double a, double b, double c) = (d["a"], d["b"], d["c"]);
        string wrt = d.Random.Pick("a", "b", "c");
        double e = (a * b) + c;
        Figure figure = Figure("d = a*b; e = d + c; L = e^2", ("a", a), ("b", b), ("c", c));
        double inner = wrt == "a" ? b : wrt == "b" ? a : 1;
        return a == 0 || b == 0 || e == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("wrt", wrt), ("e", e), ("L", e * e), ("outer", 2 * e), ("inner", inner), ("answer", d.At(figure).Of(wrt))),
            Number = Number(
                d.At(figure).Of(wrt),
                null,
                (e * inner, "The square gives 2·e, not e."),
                (2 * e, $"That is ∂L/∂e; going on to {wrt} multiplies it by one more local derivative."),
                (inner, $"That is only ∂e/∂{wrt}: the outer derivative 2·e is missing."),
                (2 * e * (wrt == "a" ? a : b), "The local derivative of a product with respect to one factor is the *other* factor."),
                (e * e, "That is the value of L, not a derivative.")),
        };
    }

    private static Drawn? FanOutSum(TemplateDraw d)
    {
        (double k, double x, double y) = (d["k"], d["x"], d["y"]);
        Figure figure = Figure($"u = x*y; v = {Shown.Factor(k)}*x^2; L = u + v", ("x", x), ("y", y));
        double viaSquare = 2 * k * x;
        return x == 0 || y == 0 || y + viaSquare == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("viaU", y), ("viaV", viaSquare), ("answer", d.At(figure).Of("x"))),
            Number = Number(
                d.At(figure).Of("x"),
                null,
                (y, "That is only the path through u: x is used in v as well, and the paths are summed."),
                (viaSquare, "That is only the path through v: x is used in u as well, and the paths are summed."),
                (y * viaSquare, "Derivatives multiply along one path; several paths to one input are added."),
                (y + (k * x), "The derivative of x² is 2x.")),
        };
    }

    private static Drawn? SharedWeight(TemplateDraw d)
    {
        (double b, double w, double x) = (d["b"], d["w"], d["x"]);
        Figure figure = Figure("h = w*x + b; L = w*h", ("w", w), ("x", x), ("b", b));
        double h = (w * x) + b;
        return w == 0 || x == 0 || h == 0 || h + (w * x) == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("h", h), ("first", w * x), ("answer", d.At(figure).Of("w"))),
            Number = Number(
                d.At(figure).Of("w"),
                null,
                (h, "That is only the use in the second layer; the first one contributes w·x, and the two are summed."),
                (w * x, "That is only the use in the first layer; the second one contributes h, and the two are summed."),
                (h * w * x, "The contributions of the two uses are added, not multiplied."),
                (h + x, "The path through the first layer also passes the second one's factor w.")),
        };
    }

    private static Drawn? LargestGradient(TemplateDraw d)
    {
        string formula = new[] { "L = (a*b + c)^2", "L = a*b + b*c", "L = a^2*b - c", "L = (a - b)*c^2" }[d.Int("form")];
        Figure figure = Figure(formula, ("a", d["a"]), ("b", d["b"]), ("c", d["c"]));
        ValueAndGradients at = d.At(figure);
        string[] order = [.. figure.Inputs.Keys.OrderByDescending(name => Math.Abs(at.Of(name)))];
        if (Math.Abs(at.Of(order[0])) < 1.1 * Math.Abs(at.Of(order[1])) || at.Of(order[0]) == 0)
        {
            return null;
        }

        string gradients = string.Join(", ", figure.Inputs.Keys.Select(name => $"∂L/∂{name} = {Shown.Number(at.Of(name))}"));
        return new Drawn
        {
            Figure = figure,
            Texts = Texts(("formula", formula), ("gradients", gradients), ("largest", order[0])),
            Choices = Choices(
                d.Random,
                ($"∂L/∂{order[0]}", $"{gradients}."),
                order[1..].Select(name =>
                    ($"∂L/∂{name}", $"Put the numbers in: ∂L/∂{name} = {Shown.Number(at.Of(name))}, and another one is larger in magnitude."))),
        };
    }

    private static Drawn? DescentStep(TemplateDraw d)
    {
        (double rate, double w, double x, double y) = (d["rate"], d["w"], d["x"], d["y"]);
        Figure figure = Figure("p = w*x; L = (p - y)^2", ("w", w), ("x", x), ("y", y));
        double gradient = d.At(figure).Of("w");
        return gradient == 0 || w == 0 || w - (rate * gradient) == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("gradient", gradient), ("residual", (w * x) - y), ("answer", w - (rate * gradient))),
            Number = Number(
                w - (rate * gradient),
                null,
                (w + (rate * gradient), "That climbs: descent goes against the gradient."),
                (w - gradient, "The step is the learning rate times the gradient."),
                (w - (rate * gradient / 2), "The square gives a factor of 2 in the gradient."),
                (w - (rate * 2 * ((w * x) - y)), "The path from p to w has the local derivative x.")),
        };
    }

    private static Drawn? FirstOrderChange(TemplateDraw d)
    {
        (double a, double b, double c, double move) = (d["a"], d["b"], d["c"], d["move"]);
        Figure figure = Figure("L = (a*b + c)^2", ("a", a), ("b", b), ("c", c));
        double gradient = d.At(figure).Of("a");
        double moved = d.At(Figure("L = (a*b + c)^2", ("a", a + move), ("b", b), ("c", c))).Value - d.At(figure).Value;
        return gradient == 0 || Math.Abs(move) < 0.05 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("gradient", gradient), ("real", moved), ("answer", gradient * move)),
            Number = Number(
                gradient * move,
                null,
                (moved, "That is the real change; the gradient predicts the first-order one."),
                (gradient, "That is the gradient: the predicted change is the gradient times the step."),
                (gradient * move / 2, "The square gives a factor of 2 in the gradient."),
                (-gradient * move, "The prediction has the sign of gradient times step.")),
        };
    }
}
