using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>A training step as it is described: null for what is left open (<see cref="StepCompletion"/> fills it in).</summary>
public sealed record StepDescription
{
    /// <summary>The model.</summary>
    public required ModelProfile Model { get; init; }

    /// <summary>The device; null for none.</summary>
    public HardwareProfile? Hardware { get; init; }

    /// <summary>The precision in which products are computed and weights are stored.</summary>
    public ComputePrecision? Precision { get; init; }

    /// <summary>The precision of gradients.</summary>
    public ComputePrecision? GradientPrecision { get; init; }

    /// <summary>Tokens of a sequence.</summary>
    public long? Sequence { get; init; }

    /// <summary>Sequences of the step over all devices.</summary>
    public long? Batch { get; init; }

    /// <summary>Sequences that a replica runs at a time.</summary>
    public long? MicroBatch { get; init; }

    /// <summary>All devices.</summary>
    public long? Devices { get; init; }

    /// <summary>Replicas.</summary>
    public long? DataParallel { get; init; }

    /// <summary>How a replica is arranged; its replicas are not read.</summary>
    public ParallelLayout Replica { get; init; } = new();

    /// <summary>The optimizer.</summary>
    public OptimizerMethod? Optimizer { get; init; }

    /// <summary>What is recomputed.</summary>
    public ActivationPolicy Policy { get; init; }

    /// <summary>How attention is counted in the model's FLOPs.</summary>
    public AttentionCount Attention { get; init; }

    /// <summary>Whether a fused kernel keeps no scores.</summary>
    public bool FlashAttention { get; init; }

    /// <summary>Whether weights have a copy in fp32.</summary>
    public bool? MasterWeights { get; init; }

    /// <summary>Measured figures and estimates from the caller.</summary>
    public Measurements Measured { get; init; } = new();

    /// <summary>The device if it is described without the speed of its link: GB/s per direction that were assumed.</summary>
    public double? AssumedLinkGbPerSecond { get; init; }
}
