using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Sampling;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Long chains, losses and clipping; reverse mode gives all gradients.</summary>
internal static class ChainGradients
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("sigmoid-chain", QuestionFormat.Numeric, "depth=2..5 w=0.5..3/0.5 x=-2..2/0.5", d => Chain(d, "sigmoid", 0.25)),
        Row("tanh-recurrence", QuestionFormat.Numeric, "depth=2..6 w=0.4..1.6/0.2 x=-1.5..1.5/0.25", d => Chain(d, "tanh", 1)),
        Row("cross-entropy-logit", QuestionFormat.Numeric, "z1=-2..3/0.5 z2=-2..3/0.5 z3=-2..3/0.5", CrossEntropyLogit),
        Row("sigmoid-squared-error", QuestionFormat.Numeric, "w=-2..2/0.25 x=-3..3/0.5 y=0,1", SigmoidSquaredError),
        Row("clipped-gradient", QuestionFormat.Numeric, "limit=1..9 p=-6..6 q=-6..6 x=-3..3 y=-3..3", ClippedGradient),
    ];

    private static Drawn? Chain(TemplateDraw d, string activation, double steepest)
    {
        (int depth, double w, double x) = (d.Int("depth"), d["w"], d["x"]);
        string steps = string.Join("; ", Enumerable.Range(1, depth).Select(i => $"h{i} = {activation}(w*h{i - 1})"));
        Figure figure = Figure(steps, ("w", w), ("h0", x));
        double answer = d.At(figure).Of("h0");
        return w == 0 || x == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("formula", steps), ("answer", answer), ("weights", Math.Pow(w, depth)), ("slopes", answer / Math.Pow(w, depth)),
                ("bound", Math.Pow(steepest * w, depth))),
            Number = Number(
                answer,
                null,
                (answer / Math.Pow(w, depth), "That is the product of the slopes of the activation; each step also multiplies by w."),
                (Math.Pow(w, depth), "That is the product of the weights; each step also multiplies by the slope of the activation."),
                (Math.Pow(steepest * w, depth),
                    $"That takes the steepest slope, {Shown.Number(steepest)}, at every step; it is a bound, and reached only at 0."),
                (d.At(figure).Value, "That is the value at the end of the chain, not its derivative.")),
        };
    }

    private static Drawn? CrossEntropyLogit(TemplateDraw d)
    {
        double[] z = [d["z1"], d["z2"], d["z3"]];
        int label = d.Random.Int(1, 3);
        int wrt = d.Random.Int(1, 3);
        Figure figure = Figure($"L = log(exp(z1) + exp(z2) + exp(z3)) - z{label}", ("z1", z[0]), ("z2", z[1]), ("z3", z[2]));
        double answer = d.At(figure).Of($"z{wrt}");
        double p = answer + (wrt == label ? 1 : 0);
        return new Drawn
        {
            Figure = figure,
            Texts = Texts(("label", label), ("wrt", wrt), ("p", p), ("isLabel", wrt == label ? 1 : 0), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (wrt == label ? p : p - 1, wrt == label ? "This logit belongs to the true class: its target is 1, which is subtracted."
                    : "This logit does not belong to the true class: its target is 0."),
                (-answer, "The derivative is p − y; its sign makes descent raise the true logit."),
                (p * (1 - p), "p(1 − p) is the derivative of the probability itself; the logarithm in the loss cancels p."),
                (-1 / p, "That is the derivative of −ln p with respect to p; the softmax is still between.")),
        };
    }

    private static Drawn? SigmoidSquaredError(TemplateDraw d)
    {
        (double w, double x, double y) = (d["w"], d["x"], d["y"]);
        Figure figure = Figure("p = sigmoid(w*x); L = (p - y)^2", ("w", w), ("x", x), ("y", y));
        double answer = d.At(figure).Of("w");
        double p = 1 / (1 + Math.Exp(-w * x));
        return w == 0 || x == 0 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("p", p), ("slope", p * (1 - p)), ("answer", answer), ("crossEntropy", (p - y) * x),
                ("remark", SaturationRemark(p, y))),
            Number = Number(
                answer,
                null,
                ((p - y) * x, "That is the gradient of the cross-entropy: with the squared error the slope of the sigmoid stays."),
                (2 * (p - y) * x, "The slope of the sigmoid, p(1 − p), is missing."),
                (answer / x, "The last step from w·x to w multiplies by x."),
                (answer / 2, "The square gives a factor of 2.")),
        };
    }

    private static string SaturationRemark(double p, double y) =>
        p * (1 - p) > 0.1 ? "The smaller the slope of the sigmoid, the more the squared error slows learning down."
        : Math.Abs(p - y) > 0.5 ? "This saturated unit is wrong: with the cross-entropy it would go on learning, unlike with the squared error."
        : "This unit is saturated, but nearly right, so both gradients are small.";

    private static Drawn? ClippedGradient(TemplateDraw d)
    {
        double limit = d["limit"];
        Figure figure = Figure($"L = (x {Shown.Minus(d["p"])})^2 + (y {Shown.Minus(d["q"])})^2", ("x", d["x"]), ("y", d["y"]));
        ValueAndGradients at = d.At(figure);
        (double gx, double gy) = (at.Of("x"), at.Of("y"));
        double norm = Math.Sqrt((gx * gx) + (gy * gy));
        double scale = Math.Min(1, limit / norm);
        return d["p"] == 0 || d["q"] == 0 || gx == 0 || gy == 0 || Math.Abs((norm / limit) - 1) < 0.05 ? null : new Drawn
        {
            Figure = figure,
            Texts = Texts(("gx", gx), ("gy", gy), ("norm", norm), ("scale", scale), ("answer", gx * scale),
                ("verdict", norm > limit ? "is above" : "stays below")),
            Number = Number(
                gx * scale,
                null,
                (gx, "The norm of the whole gradient exceeds the limit: it is scaled."),
                (Math.Clamp(gx, -limit, limit),
                    "That clips each component for itself, which turns the direction; clipping by norm scales all of them alike."),
                (Math.Sign(gx) * limit, "The limit holds for the norm of the whole gradient, not for the component."),
                (gx / norm, "That has norm 1: clipping scales to the limit, and only where the norm is above it."),
                (gx * limit / (Math.Abs(gx) + Math.Abs(gy)), "The norm is Euclidean: the root of the sum of squares.")),
        };
    }
}
