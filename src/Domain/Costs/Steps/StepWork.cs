using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>FLOPs of one step over all devices, in doubles: exact up to 2⁵³, within 1e-15 of the true count beyond.</summary>
/// <param name="Forward">The forward pass.</param>
/// <param name="Backward">The backward pass.</param>
/// <param name="Recomputed">The recomputation.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Parts">Forward and backward by part.</param>
public sealed record StepWork(
    double Forward, double Backward, double Recomputed, double Optimizer, IReadOnlyList<(string Name, double Forward, double Backward)> Parts)
{
    /// <summary>The FLOPs of the model, without repetitions.</summary>
    public double Model => Forward + Backward;

    /// <summary>The FLOPs that are executed.</summary>
    public double Hardware => Model + Recomputed;

    /// <summary>Counts a step.</summary>
    public static StepWork Of(StepSetup setup)
    {
        double tokens = setup.Tokens, optimizer = setup.Optimizer.Flops(setup.Model);
        if (setup.Model.Configuration is not { } model)
        {
            double forward = 2 * (double)setup.Model.Active * tokens;
            return new StepWork(forward, 2 * forward, IsWhole(setup.Policy) ? forward : 0, optimizer, [("parameters", forward, 2 * forward)]);
        }

        var token = TransformerFlops.PerToken(model, setup.Sequence, setup.Attention);
        return new StepWork(
            tokens * token.Forward,
            tokens * token.Backward,
            tokens * RecomputedPerToken(setup, model),
            optimizer,
            [.. Enum.GetValues<TransformerPart>().Where(part => token.Of(part) > 0)
                .Select(part => (Text(part), tokens * token.Of(part), tokens * token.Of(part) * token.BackwardFactor(part)))]);
    }

    /// <summary>
    /// The recomputation per token: all blocks; all but the last segment, which is still in memory; or the scores. A fused kernel recomputes QKᵀ
    /// under every policy, half of the scores; the convention with 7·L·q·s counts that as the model's own.
    /// </summary>
    public static double RecomputedPerToken(StepSetup setup, TransformerConfiguration model)
    {
        var token = TransformerFlops.PerToken(model, setup.Sequence, setup.Attention);
        double fused = setup.FlashAttention && setup.Attention != AttentionCount.CausalFlash ? token.Scores / 2 : 0;
        return setup.Policy switch
        {
            ActivationPolicy.Full or ActivationPolicy.Sqrt =>
                (token.Blocks * RepeatedBlocks(setup.Policy, (double)model.Layers / setup.Layout.Pipeline)) + fused,
            ActivationPolicy.Selective => setup.FlashAttention ? fused : token.Scores,
            _ => fused,
        };
    }

    /// <summary>A part's name on the wire.</summary>
    public static string Text(TransformerPart part) => part switch
    {
        TransformerPart.AttentionProjections => "attentionProjections",
        TransformerPart.AttentionScores => "attentionScores",
        TransformerPart.FeedForward => "feedForward",
        TransformerPart.Router => "router",
        _ => "logits",
    };

    /// <summary>
    /// The share of the blocks' forward pass that is repeated: all, or all but the last segment, which is still in memory when the backward pass
    /// begins.
    /// </summary>
    public static double RepeatedBlocks(ActivationPolicy policy, double layers)
    {
        if (policy == ActivationPolicy.Full)
        {
            return 1;
        }

        double segment = ActivationNeed.Segment(layers), last = layers % segment;
        return 1 - ((last == 0 ? segment : last) / layers);
    }

    private static bool IsWhole(ActivationPolicy policy) => policy is ActivationPolicy.Full or ActivationPolicy.Sqrt;
}
