using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>How gates propagate gradients: add, multiply, maximum, ReLU; reverse mode gives all keys.</summary>
internal static class GateGradients
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("relu-gradient", QuestionFormat.Numeric, "b=-8..8 v=-5..5 w=-4..4 x=-4..4", ReluGradient),
        Row("relu-is-dead", QuestionFormat.TrueFalse, "b=-9..9 w=-4..4 x=-4..4", ReluIsDead),
        Row("zero-gradients", QuestionFormat.MultiSelect, "a=-4..4 b=-4..4 c=-9..9 d=-5..5 e=-5..5", ZeroGradients),
        Row("add-gate-fan-out", QuestionFormat.Numeric, "p=-6..6 q=-6..6 r=-6..6 x=-3..3 y=-3..3", AddGateFanOut),
        Row("gate-upstream", QuestionFormat.Numeric, "p=-5..5 x=-5..5 y=-5..5 z=-5..5", GateUpstream),
    ];

    private static Drawn? ReluGradient(TemplateDraw d)
    {
        (double b, double v, double w, double x) = (d["b"], d["v"], d["w"], d["x"]);
        Figure figure = Figure("z = w*x + b; h = relu(z); L = v*h", ("w", w), ("x", x), ("b", b), ("v", v));
        double z = (w * x) + b;
        double answer = d.At(figure).Of("w");
        return v == 0 || w == 0 || x == 0 || z == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("z", z), ("gate", z > 0 ? 1 : 0), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (z > 0 ? 0 : v * x, z > 0 ? "z is positive: the ReLU passes the gradient on unchanged."
                    : "z is negative: the ReLU passes nothing on."),
                (v * w, "That is ∂L/∂x; the derivative of w·x with respect to w is x."),
                (v * z, "ReLU's derivative is 1 where z > 0, not z."),
                (v, "That is ∂L/∂h; the path to w passes the ReLU and the product.")),
        };
    }

    private static Drawn? ReluIsDead(TemplateDraw d)
    {
        (double b, double w, double x) = (d["b"], d["w"], d["x"]);
        Figure figure = Figure("z = w*x + b; h = relu(z); L = h^2", ("w", w), ("x", x), ("b", b));
        double z = (w * x) + b;
        double gradient = d.At(figure).Of("w");
        return w == 0 || x == 0 || z == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("z", z), ("gradient", gradient), ("side", z > 0 ? "positive" : "negative")),
            Truth = gradient == 0,
        };
    }

    private static Drawn? ZeroGradients(TemplateDraw d)
    {
        (double a, double b, double c) = (d["a"], d["b"], d["c"]);
        Figure figure = Figure("L = maximum(a*b, c) + d*relu(e)", ("a", a), ("b", b), ("c", c), ("d", d["d"]), ("e", d["e"]));
        bool atKink = a == 0 || b == 0 || d["d"] == 0 || d["e"] == 0 || a * b == c;
        ValueAndGradients at = d.At(figure);
        Choice[] choices =
        [
            .. figure.Inputs.Keys.Select(name => new Choice(
                $"∂L/∂{name}",
                at.Of(name) == 0,
                at.Of(name) == 0 ? "Its path is blocked: the gradient is 0." : $"Its path is open: the gradient is {Shown.Number(at.Of(name))}.")),
        ];
        return atKink || !choices.Any(choice => choice.Correct) || choices.All(choice => choice.Correct) ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("product", a * b),
                ("gradients", string.Join(", ", figure.Inputs.Keys.Select(name => $"∂L/∂{name} = {Shown.Number(at.Of(name))}")))),
            Choices = choices,
        };
    }

    private static Drawn? AddGateFanOut(TemplateDraw d)
    {
        (double p, double q, double r) = (d["p"], d["q"], d["r"]);
        Figure figure = Figure(
            $"s = x + y; u = {Shown.Coefficient(p)}*s; v = {Shown.Coefficient(q)}*s; w = {Shown.Coefficient(r)}*s; L = u + v + w",
            ("x", d["x"]), ("y", d["y"]));
        double answer = d.At(figure).Of("x");
        bool isTrivial = new[] { p, q, r }.Any(factor => Math.Abs(factor) < 2) || answer == 0;
        return isTrivial ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("sum", Shown.Sum([p, q, r])), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (p, "s is used three times: the gradients that come back are summed."),
                (p * q * r, "What comes back from several uses is added, not multiplied."),
                (1, "1 is the local derivative of the sum; it multiplies what comes from above."),
                (answer / 3, "The gradients that come back are summed, not averaged.")),
        };
    }

    private static Drawn? GateUpstream(TemplateDraw d)
    {
        (double p, double x, double y, double z) = (d["p"], d["x"], d["y"], d["z"]);
        Figure figure = Figure("q = x + y; f = q*z; L = p*f", ("x", x), ("y", y), ("z", z), ("p", p));
        double answer = d.At(figure).Of("x");
        double q = x + y;
        return p == 0 || z == 0 || q == 0 || x == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("q", q), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (p * q, "That is ∂L/∂z: the multiply gate hands q to z, and z to q."),
                (z, "The gradient from above, p, multiplies the local one."),
                (p * z * x, "An add gate passes the gradient on unchanged, whatever its inputs are."),
                (p, "That is ∂L/∂f; the multiply gate multiplies it by the other operand.")),
        };
    }
}
