using Backprop.Domain.Practice.Questions;
using static Backprop.Domain.Practice.Templates.TemplateSyntax;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Single steps of optimisers.</summary>
internal static class Optimisers
{
    public static readonly QuestionTemplate[] Rows =
    [
        Row("adam-first-step", QuestionFormat.Numeric, "g=-8..8/0.5 rate=0.001,0.01,0.02,0.05,0.1 w=-2..2/0.25", AdamFirstStep),
        Row("momentum-velocity", QuestionFormat.Numeric, "beta=0.5,0.8,0.9,0.95 g=-5..5 steps=2..6", MomentumVelocity),
        Row("weight-decay-step", QuestionFormat.Numeric, "decay=0.01,0.05,0.1,0.2 g=-4..4/0.5 rate=0.1,0.2,0.5 w=-5..5", WeightDecayStep),
        Row("cosine-rate", QuestionFormat.Numeric, "peak=1e-4,3e-4,6e-4,1e-3 share=0.1..0.9/0.1 total=1000..20000/1000", CosineRate),
    ];

    // Kingma, Ba: Adam, ICLR 2015, algorithm 1, with β1 = 0.9, β2 = 0.999, ε = 1e-8 and moments initialized to 0.
    private static Drawn? AdamFirstStep(TemplateDraw d)
    {
        (double g, double rate, double w) = (d["g"], d["rate"], d["w"]);
        double mean = 0.1 * g / (1 - 0.9);
        double square = 0.001 * g * g / (1 - 0.999);
        double step = rate * mean / (Math.Sqrt(square) + 1e-8);
        return g == 0 || w == 0 ? null : new Drawn
        {
            Texts = Texts(("step", step), ("answer", w - step)),
            Number = Number(
                w - step,
                null,
                (w - (rate * g), "That is plain gradient descent: Adam divides by the root of the second moment, which at the first step is |g|."),
                (w + step, "Descent goes against the gradient."),
                (w - (rate * 0.1 * g / (Math.Sqrt(0.001) * Math.Abs(g))), "Both moments are corrected for having begun at 0."),
                (w - (rate * 0.1), "m̂ and v̂ are corrected for having begun at 0: the factors 0.1 and √0.001 go.")),
        };
    }

    // Polyak's heavy ball as PyTorch writes it (Sutskever et al., ICML 2013): v ← βv + g.
    private static Drawn? MomentumVelocity(TemplateDraw d)
    {
        (double beta, double g, int steps) = (d["beta"], d["g"], d.Int("steps"));
        double velocity = Enumerable.Range(0, steps).Aggregate(0.0, (v, _) => (beta * v) + g);
        return g == 0 ? null : new Drawn
        {
            Texts = Texts(("limit", g / (1 - beta)), ("answer", velocity)),
            Number = Number(
                velocity,
                null,
                (g / (1 - beta), "That is the limit after very many steps."),
                (g * (1 - Math.Pow(beta, steps)), "That is an average with weight 1 − β on the new gradient; here the new gradient counts whole."),
                (steps * g, "Older gradients fade by β at every step."),
                (velocity - g, "The newest gradient counts too.")),
        };
    }

    private static Drawn? WeightDecayStep(TemplateDraw d)
    {
        (double decay, double g, double rate, double w) = (d["decay"], d["g"], d["rate"], d["w"]);
        double answer = w - (rate * (g + (decay * w)));
        return g == 0 || w == 0 || answer == 0 ? null : new Drawn
        {
            Texts = Texts(("total", g + (decay * w)), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (w - (rate * g), "The decay is missing: it pulls the weight towards 0."),
                (w - (rate * (g + (2 * decay * w))), "The penalty is λ/2·w²: its derivative is λ·w, without a factor of 2."),
                (w - (rate * (g - (decay * w))), "Decay pulls towards 0, so it has the sign of w in the gradient."),
                (w - (rate * g) - (decay * w), "Here the decay is part of the gradient, and the learning rate multiplies it too.")),
        };
    }

    // Loshchilov, Hutter: SGDR, ICLR 2017, equation 5, one period, with a least rate of 0.
    private static Drawn CosineRate(TemplateDraw d)
    {
        (double peak, double share, double total) = (d["peak"], d["share"], d["total"]);
        double answer = peak / 2 * (1 + Math.Cos(Math.PI * share));
        return new Drawn
        {
            Texts = Texts(("step", share * total), ("share", share), ("answer", answer)),
            Number = Number(
                answer,
                null,
                (peak * (1 - share), "That is a linear decay."),
                (peak * Math.Cos(Math.PI / 2 * share), "Half a period of the cosine is passed, from 1 to −1, and lifted to 1 … 0."),
                (peak / 2 * (1 - Math.Cos(Math.PI * share)), "That rises: at step 0 the rate is the peak."),
                (peak * Math.Cos(Math.PI * share), "The cosine is lifted by 1 and halved, so that the rate stays above 0.")),
        };
    }
}
