using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>The range and precision of floating-point numbers.</summary>
internal static class PrecisionQuestions
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("log-sum-exp", QuestionFormat.Numeric, "base=100..2000/50 first=0..3/0.5 second=0..3/0.5", LogSumExp),
        Row("bf16-rounding", QuestionFormat.Numeric, "x=1.001..7.999/0.001", BFloat16Rounding),
        Row("loss-scale", QuestionFormat.Numeric, "power=26..44", LossScale),
        Row("lost-update", QuestionFormat.Numeric, "bits=8,11,24 power=0..5", LostUpdate),
        Row("stable-softmax", QuestionFormat.Numeric, "base=100..900/50 gap=0.5..4/0.5", StableSoftmax),
    ];

    private static Drawn? LogSumExp(TemplateDraw d)
    {
        double most = d["base"] + Math.Max(d["first"], d["second"]);
        Figure figure = Figure(
            $"m = maximum(a, b); L = m + log(exp(a - m) + exp(b - m))", ("a", d["base"] + d["first"]), ("b", d["base"] + d["second"]));
        double answer = d.At(figure).Value;
        return d["first"] == d["second"] ? null : new Drawn
        {
            Texts = Texts(("a", d["base"] + d["first"]), ("b", d["base"] + d["second"]), ("m", most), ("gap", Math.Abs(d["first"] - d["second"])),
                ("answer", answer), ("overflow", Overflow(most))),
            Number = Number(
                answer,
                null,
                (most, "The maximum is near, but the smaller term adds ln(1 + e^−gap)."),
                ((2 * d["base"]) + d["first"] + d["second"], "That is the logarithm of the product of the two exponentials, not of their sum."),
                (answer - most, "The maximum that was subtracted is added back at the end."),
                (most + Math.Log(2), "ln 2 is added where the two are equal.")),
        };
    }

    // The logarithms of the largest finite numbers are 88.7228 and 709.7827.
    private static string Overflow(double x) => x > 709.7827
        ? $"Without the shift exp({Shown.Number(x)}) would overflow even in fp64, which ends at e^709.78."
        : $"Without the shift exp({Shown.Number(x)}) would overflow in fp32, which ends at e^88.72, though not in fp64.";

    // bfloat16 keeps 8 significant bits of float32 and rounds to nearest, ties to even (Kalamkar et al.: A Study of BFLOAT16 for Deep Learning
    // Training, 2019).
    private static Drawn? BFloat16Rounding(TemplateDraw d)
    {
        double x = d["x"];
        double spacing = Math.Pow(2, Math.Floor(Math.Log2(x)) - 7);
        double answer = Math.Round(x / spacing, MidpointRounding.ToEven) * spacing;
        double fine = spacing / 8;
        bool nearTie = Math.Abs(Math.Abs((x / spacing) - Math.Floor(x / spacing)) - 0.5) < 0.05;
        return nearTie || Math.Abs(x - answer) < spacing / 20 ? null : new Drawn
        {
            Texts = Texts(("spacing", spacing), ("answer", answer), ("error", Math.Abs(answer - x))),
            Number = Number(
                answer,
                null,
                (x, "bf16 does not hold this number: between two powers of two it has 128 values."),
                (x < answer ? answer - spacing : answer + spacing, "That is the neighbour on the other side; rounding goes to the nearest."),
                (Math.Round(x / fine, MidpointRounding.ToEven) * fine, "That is fp16, which has three bits more."),
                (Math.Round(x, 1), "Rounding is binary: the values are multiples of a power of two.")),
        };
    }

    // Micikevicius et al.: Mixed Precision Training, ICLR 2018, section 3.2; IEEE 754 binary16: least normal 2^-14, least subnormal 2^-24.
    private static Drawn LossScale(TemplateDraw d)
    {
        double power = d["power"];
        double answer = Math.Pow(2, power - 14);
        return new Drawn
        {
            Texts = Texts(("answer", answer), ("exponent", power - 14)),
            Number = Number(
                answer,
                null,
                (Math.Pow(2, power - 24), "That lifts it to the least subnormal, which has one significant bit; the least normal number is 2^-14."),
                (Math.Pow(2, power), "That lifts it to 1; less is enough."),
                (Math.Pow(2, power - 15), "That lifts it to 2^-15, which is still subnormal."),
                (power - 14, "That is the exponent of the scale.")),
        };
    }

    // Half a unit in the last place, which rounds to even: 2^(e - p) for p significant bits at 2^e (Goldberg: What Every Computer Scientist Should
    // Know, 1991).
    private static Drawn LostUpdate(TemplateDraw d)
    {
        (double bits, double power) = (d["bits"], d["power"]);
        double answer = Math.Pow(2, power - bits);
        return new Drawn
        {
            Texts = Texts(
                ("format", bits switch { 8 => "bf16", 11 => "fp16", _ => "fp32" }), ("w", Math.Pow(2, power)), ("spacing", 2 * answer),
                ("answer", answer)),
            Number = Number(
                answer,
                null,
                (2 * answer, "That is the distance to the next number: an update of more than half of it is rounded up."),
                (answer / 2, "Numbers just above a power of two are 2^(e − p + 1) apart; half of that is the limit."),
                (Math.Pow(2, -bits), "The distance between neighbours grows with the weight."),
                (Math.Pow(2, power - 24), "That is the limit of fp32.")),
        };
    }

    private static Drawn StableSoftmax(TemplateDraw d)
    {
        (double b, double gap) = (d["base"], d["gap"]);
        Figure figure = Figure("m = maximum(a, b); p = exp(a - m)/(exp(a - m) + exp(b - m))", ("a", b + gap), ("b", b));
        double answer = d.At(figure).Value;
        return new Drawn
        {
            Texts = Texts(("a", b + gap), ("b", b), ("gap", gap), ("answer", answer), ("ratio", Math.Exp(-gap))),
            Number = Number(
                answer,
                null,
                ((b + gap) / ((2 * b) + gap), "Softmax compares exponentials, not the scores themselves."),
                (Math.Exp(-gap), "That is the ratio of the two exponentials; the probability still has the sum below it."),
                (1 - answer, "That is the probability of the other one."),
                (1, "The gap is finite: some probability is left for the other one.")),
        };
    }
}
