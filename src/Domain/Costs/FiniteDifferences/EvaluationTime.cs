using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.FiniteDifferences;

/// <summary>The time of one forward pass of a model on a device, as an interval.</summary>
/// <param name="LowerSeconds">All arithmetic at the measured ceiling of the device, or all weights read once, whichever takes longer.</param>
/// <param name="UpperSeconds">Arithmetic at the low end of the utilization typical of training, weights at half of the bandwidth.</param>
/// <param name="Flops">The FLOPs of the forward pass.</param>
/// <param name="Formula">How they are computed.</param>
/// <param name="Multiplies">The precision in which the device multiplies.</param>
public sealed record EvaluationTime(double LowerSeconds, double UpperSeconds, double Flops, string Formula, ComputePrecision Multiplies)
{
    private const double LowUtilization = 0.35;
    private const double LowBandwidth = 0.5;

    /// <summary>
    /// The FLOPs of a forward pass, and how they are computed: counted from the configuration if there is one, otherwise 2·N per token.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">The tokens of the pass.</param>
    public static (double Flops, string Formula) Forward(ModelProfile model, double tokens)
    {
        if (model.Configuration is not { } configuration)
        {
            return (2 * (double)model.Active * tokens, FormattableString.Invariant($"2·N·tokens = 2 · {(double)model.Active:G6} · {tokens:G6}"));
        }

        long sequence = (long)Math.Clamp(tokens, 1, configuration.Context);
        double perToken = TransformerFlops.PerToken(configuration, sequence, AttentionCount.CausalExact).Forward;
        return (perToken * tokens, FormattableString.Invariant(
            $"(2·[L(hq+2hk+qh+(2|3)·h·f·topk) + h·V] + 4·L·q·(s+1)/2)·tokens = {perToken:G6} · {tokens:G6}, in sequences of {sequence} tokens"));
    }

    /// <summary>The interval; null if the device does not support the precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">The tokens of the pass.</param>
    /// <param name="hardware">The device, a single one.</param>
    /// <param name="precision">The precision.</param>
    public static EvaluationTime? Of(ModelProfile model, double tokens, HardwareProfile hardware, ComputePrecision precision)
    {
        if (hardware.Multiplies(precision) is not { } multiplies)
        {
            return null;
        }

        (double flops, string formula) = Forward(model, tokens);
        double reading = hardware.BytesPerSecond > 0 ? (double)model.Active * precision.StoredBytes() / hardware.BytesPerSecond : 0;
        double peak = hardware.Peak(multiplies), ceiling = hardware.Ceiling(multiplies);
        return new EvaluationTime(
            Math.Max(flops / (peak * ceiling), reading),
            Math.Max(flops / (peak * Math.Min(LowUtilization, ceiling)), reading / LowBandwidth),
            flops,
            formula,
            multiplies);
    }
}
