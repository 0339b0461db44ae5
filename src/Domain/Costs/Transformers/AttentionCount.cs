namespace Backprop.Domain.Costs.Transformers;

/// <summary>How the products of attention are counted.</summary>
public enum AttentionCount
{
    /// <summary>Every token attends to all: 12·L·q·s FLOPs per token of training (Chowdhery et al. 2022, PaLM, appendix B).</summary>
    Full,

    /// <summary>A token attends to half of them: 6·L·q·s (Dao 2023, FlashAttention-2, §4.1).</summary>
    Causal,

    /// <summary>The same, and the fused kernel multiplies queries and keys again in the backward pass: 7·L·q·s.</summary>
    CausalFlash,

    /// <summary>A token attends to itself and those before it, (s+1)/2 on average: 6·L·q·(s+1).</summary>
    CausalExact,
}

/// <summary>The conventions in numbers.</summary>
public static class AttentionCounts
{
    /// <summary>
    /// The mean number of tokens that one attends to, s̄: s if every token attends to all; s/2 or (s+1)/2 if it attends to those before it; with a
    /// window w the mean of min(i, w), that is w − w²/2s or w − w(w−1)/2s.
    /// </summary>
    /// <param name="count">The convention.</param>
    /// <param name="sequence">Tokens of a sequence, s.</param>
    /// <param name="window">The window, w; 0 for none.</param>
    public static double Span(this AttentionCount count, long sequence, long window)
    {
        double w = window > 0 ? Math.Min(window, sequence) : sequence;
        return count switch
        {
            AttentionCount.Full => w,
            AttentionCount.CausalExact => w - (w * (w - 1) / (2 * sequence)),
            _ => w - (w * w / (2 * sequence)),
        };
    }

    /// <summary>
    /// The ratio of the backward pass to the forward pass: four products for two, and a fifth if scores are recomputed (Dao 2023, §4.1: 2.5).
    /// </summary>
    public static double BackwardFactor(this AttentionCount count) => count == AttentionCount.CausalFlash ? 2.5 : 2;
}
