using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>FLOPs of one step by a formula from the literature, next to our own count.</summary>
/// <param name="Name">The formula and its source.</param>
/// <param name="Flops">Its result.</param>
/// <param name="Counted">The part-by-part count of the same work.</param>
public sealed record LiteratureFormula(string Name, double Flops, double Counted)
{
    /// <summary>The difference of the formula, relative to the count.</summary>
    public double RelativeDifference => Counted > 0 ? (Flops / Counted) - 1 : 0;
}

/// <summary>The commonly quoted formulas, each if its premises hold.</summary>
public static class LiteratureFormulas
{
    /// <summary>6·N·D, PaLM's appendix B, and for a GPT (f = 4h, plain attention) those of Megatron and of Korthikanti et al.</summary>
    public static IEnumerable<LiteratureFormula> Of(StepSetup setup)
    {
        double n = (double)setup.Model.Active, tokens = setup.Tokens;
        double model = StepWork.Of(setup with { Attention = AttentionCount.Full }).Model;
        yield return new LiteratureFormula("6ND (Kaplan et al. 2020), N the active parameters", 6 * n * tokens, model);
        if (setup.Model.Configuration is not { } configuration)
        {
            yield break;
        }

        double attention = 12.0 * configuration.Layers * configuration.QueryWidth * setup.Sequence;
        yield return new LiteratureFormula("6N + 12LHQT per token (Chowdhery et al. 2022, PaLM, appendix B)", tokens * ((6 * n) + attention), model);
        if (IsGpt(configuration))
        {
            foreach (LiteratureFormula formula in Gpt(setup, configuration))
            {
                yield return formula;
            }
        }
    }

    private static IEnumerable<LiteratureFormula> Gpt(StepSetup setup, TransformerConfiguration model)
    {
        (double l, double h, double s, double v) = (model.Layers, model.Hidden, setup.Sequence, model.Vocabulary);
        double unit = setup.Tokens * l * h * h;
        double Counted(ActivationPolicy policy) =>
            StepWork.Of(setup with { Attention = AttentionCount.Full, FlashAttention = false, Policy = policy }).Hardware;
        yield return new LiteratureFormula(
            "72BLsh²(1 + s/6h + V/12Lh), nothing recomputed (Narayanan et al. 2021)", 72 * unit * (1 + (s / (6 * h)) + (v / (12 * l * h))),
                Counted(ActivationPolicy.None));
        yield return new LiteratureFormula(
            "96BLsh²(1 + s/6h + V/16Lh), full recomputation (Narayanan et al. 2021, eq. 3)", 96 * unit * (1 + (s / (6 * h)) + (v / (16 * l * h))),
                Counted(ActivationPolicy.Full));
        yield return new LiteratureFormula(
            "72BLsh²(1 + s/3h + V/12Lh), selective recomputation as printed (Korthikanti et al. 2022, eq. 8)",
            72 * unit * (1 + (s / (3 * h)) + (v / (12 * l * h))), Counted(ActivationPolicy.Selective));
        yield return new LiteratureFormula(
            "72BLsh²(1 + s/6h + s/18h + V/12Lh), selective recomputation: one more forward pass of the scores",
            72 * unit * (1 + (s / (6 * h)) + (s / (18 * h)) + (v / (12 * l * h))), Counted(ActivationPolicy.Selective));
    }

    private static bool IsGpt(TransformerConfiguration model) =>
        model is { Gated: false, Experts: null, Latent: null, SlidingWindow: 0 } && model.FeedForward == 4 * model.Hidden
        && model.KeyWidth == model.Hidden && model.QueryWidth == model.Hidden;
}
