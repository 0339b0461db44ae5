using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Reconciliation;

/// <summary>Stated or measured figures of a step on a device, to be checked against one another.</summary>
/// <param name="Hardware">The device.</param>
/// <param name="Precision">The precision of matrix products.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record MeasuredStep(HardwareProfile Hardware, ComputePrecision Precision, double Parameters)
{
    /// <summary>The number of devices.</summary>
    public double Devices { get; init; } = 1;

    /// <summary>FLOPs of the forward pass that every implementation needs; null if the work is not known.</summary>
    public double? ForwardFlops { get; init; }

    /// <summary>How <see cref="ForwardFlops"/> is computed, for messages: <c>2·N·tokens = 2 · 1.75E+11 · 2048</c>.</summary>
    public string? ForwardFormula { get; init; }

    /// <summary>FLOPs of the backward pass; null for twice those of the forward pass.</summary>
    public double? BackwardFlops { get; init; }

    /// <summary>The time of the forward pass, seconds.</summary>
    public double? ForwardSeconds { get; init; }

    /// <summary>The time of the backward pass, seconds.</summary>
    public double? BackwardSeconds { get; init; }

    /// <summary>The time of a whole step, seconds.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>
    /// Bytes that every pass has to read, such as the weights that a token uses; null for all weights in the precision in which they are stored.
    /// </summary>
    public double? WeightBytes { get; init; }

    /// <summary>
    /// Bytes that one device holds in any case, such as its share of weights, gradients and optimizer state; null for its share of the weights.
    /// </summary>
    public double? LeastBytes { get; init; }

    /// <summary>The measured memory of one device, bytes.</summary>
    public double? MeasuredBytes { get; init; }
}
