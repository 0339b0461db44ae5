using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>The cost and the accuracy of finite differences.</summary>
internal static class FiniteDifferenceTimes
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("forward-difference-time", QuestionFormat.Numeric, "n=124e6,355e6,774e6,1.5e9,2.7e9,7e9,13e9,70e9,175e9 ms=5..500/5", d =>
            Time(d, DifferenceScheme.Forward)),
        Row("central-difference-time", QuestionFormat.Numeric, "n=124e6,355e6,774e6,1.5e9,2.7e9,7e9,13e9,70e9,175e9 ms=5..500/5", d =>
            Time(d, DifferenceScheme.Central)),
        Row("difference-speedup", QuestionFormat.Numeric, "backward=1.4..3/0.2 ms=5..200/5 n=124e6,355e6,1.5e9,7e9,13e9", Speedup),
        Row("difference-evaluations", QuestionFormat.Numeric, "inputs=3..64 outputs=2..32", Evaluations),
        Row("error-floor", QuestionFormat.MultipleChoice, "bits=8,11,24,53 points=1,2", ErrorFloor),
        Row("difference-quotient", QuestionFormat.Numeric, "h=0.1..0.5/0.1 k=2..3 x=-4..4", Quotient),
    ];

    // A billion parameters take at least about a millisecond to read and use, on the fastest devices; the 1 in n + 1 is lost in the rounding.
    private static Drawn? Time(TemplateDraw d, DifferenceScheme scheme)
    {
        (double n, double seconds) = (d["n"], d["ms"] / 1000);
        double time = scheme.Evaluations((long)n) * seconds;
        int evaluations = scheme == DifferenceScheme.Forward ? 1 : 2;
        return d["ms"] < n / 1e9 ? null : new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("seconds", time), ("days", time / 86400), ("years", time / (86400 * 365.25)),
                ("evaluations", Shown.Count(evaluations * n))),
            Number = Number(
                time,
                "s",
                (evaluations == 1 ? 2 * time : time / 2, evaluations == 1 ? "That is the time of central differences, two evaluations per parameter."
                    : "Central differences need two evaluations per parameter."),
                (time * 1000, "A millisecond is a thousandth of a second."),
                (seconds * evaluations, "Each parameter is perturbed on its own: the time grows with their number."),
                (time / 60, "Look at the conversion of seconds.")),
        };
    }

    private static Drawn Speedup(TemplateDraw d)
    {
        (double n, double forward, double backward) = (d["n"], d["ms"], d["ms"] * d["backward"]);
        double answer = n * forward / (forward + backward);
        return new Drawn
        {
            Texts = Texts(("parameters", Shown.Count(n)), ("backwardMs", backward), ("stepMs", forward + backward), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (n, "That compares with only a forward pass: a gradient by backpropagation takes a forward and a backward pass."),
                (n * forward / backward, "A gradient by backpropagation takes a forward pass too, not only the backward one."),
                (2 * answer, "Forward differences need one evaluation per parameter, not two."),
                (n * n, "It is the number of evaluations that grows with n, once.")),
        };
    }

    private static Drawn Evaluations(TemplateDraw d)
    {
        (double inputs, double outputs) = (d["inputs"], d["outputs"]);
        double n = (inputs * outputs) + outputs;
        return new Drawn
        {
            Texts = Texts(("n", n), ("answer", 2 * n)),
            Number = Number(
                DifferenceScheme.Central.Evaluations((long)n),
                null,
                (n, "Central differences evaluate on both sides of the point."),
                (n + 1, "That is the number of forward differences."),
                (2 * inputs * outputs, "The biases are parameters too."),
                ((2 * n) + 1, "The point itself is not evaluated: the two sides are enough.")),
        };
    }

    // The least relative error of a difference quotient, over all steps.
    private static Drawn? ErrorFloor(TemplateDraw d)
    {
        ComputePrecision precision = d["bits"] switch
        {
            8 => ComputePrecision.Bf16,
            11 => ComputePrecision.Fp16,
            24 => ComputePrecision.Fp32,
            _ =>
            ComputePrecision.Fp64
        };
        double u = precision.Roundoff();
        bool forward = d["points"] == 1;
        (DifferenceScheme scheme, DifferenceScheme other) = forward ? (DifferenceScheme.Forward, DifferenceScheme.Central)
            : (DifferenceScheme.Central, DifferenceScheme.Forward);
        double right = scheme.ErrorFloor(u);
        return new Drawn
        {
            Texts = Texts(("format", precision.Text()), ("method", forward ? "forward" : "central"), ("law", scheme.FloorText()), ("u", Rough(u)),
                ("answer", Rough(right))),
            Choices = Choices(
                d.Random,
                (Rough(right), $"Truncation and rounding balance at {scheme.FloorText()}."),
                (Rough(other.ErrorFloor(u)), $"That is the floor of {(forward ? "central" : "forward")} differences."),
                (Rough(u), "That is the unit round-off: the subtraction of nearby values loses digits beyond it."),
                (Rough(DifferenceScheme.Central.BestStep(u)), "u^(1/3) is the best step of central differences, relative to x, not their error.")),
        };
    }

    private static string Rough(double value) => Shown.Number(Shown.Significant(value, 2));

    private static Drawn? Quotient(TemplateDraw d)
    {
        (double h, double k, double x) = (d["h"], d["k"], d["x"]);
        Figure at = Figure($"f = x^{Shown.Factor(k)}", ("x", x));
        double f = d.At(at).Value;
        double ahead = d.At(at.Expression, new Dictionary<string, double> { ["x"] = x + h }).Value;
        double behind = d.At(at.Expression, new Dictionary<string, double> { ["x"] = x - h }).Value;
        double exact = d.At(at).Of("x");
        return x == 0 || Math.Abs(ahead - f) < 0.05 ? null : new Drawn
        {
            Figure = at,
            Texts = Texts(("f", f), ("ahead", ahead), ("exact", exact), ("answer", (ahead - f) / h), ("error", ((ahead - f) / h) - exact)),
            Number = Number(
                (ahead - f) / h,
                null,
                (exact, "That is the exact derivative; the forward difference is off by about h·f″/2."),
                ((ahead - behind) / (2 * h), "That is the central difference."),
                (ahead - f, "The difference is still to be divided by h."),
                ((f - behind) / h, "That is the backward difference.")),
        };
    }
}
