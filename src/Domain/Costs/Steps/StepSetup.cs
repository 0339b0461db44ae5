using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Domain.Costs.Steps;

/// <summary>One training step, with every choice made (<see cref="StepRules"/> says which are possible).</summary>
public sealed record StepSetup
{
    /// <summary>The model.</summary>
    public required ModelProfile Model { get; init; }

    /// <summary>The device; null if none is given.</summary>
    public HardwareProfile? Hardware { get; init; }

    /// <summary>The precision in which products are computed and weights are stored.</summary>
    public required ComputePrecision Precision { get; init; }

    /// <summary>The precision in which the device multiplies: the same, or the next that it supports.</summary>
    public ComputePrecision Multiplied => Hardware?.Multiplies(Precision) ?? Precision;

    /// <summary>Tokens of a sequence, s.</summary>
    public required long Sequence { get; init; }

    /// <summary>Sequences of the step over all devices.</summary>
    public required long Batch { get; init; }

    /// <summary>Sequences that a replica runs at a time, b.</summary>
    public required long MicroBatch { get; init; }

    /// <summary>How the devices are arranged.</summary>
    public required ParallelLayout Layout { get; init; }

    /// <summary>The optimizer.</summary>
    public OptimizerMethod Optimizer { get; init; } = OptimizerMethod.Adam;

    /// <summary>What is recomputed.</summary>
    public ActivationPolicy Policy { get; init; }

    /// <summary>How attention is counted in the model's FLOPs.</summary>
    public AttentionCount Attention { get; init; }

    /// <summary>Whether a fused kernel keeps no scores.</summary>
    public bool FlashAttention { get; init; }

    /// <summary>Whether weights have a copy in fp32.</summary>
    public bool MasterWeights { get; init; }

    /// <summary>Bytes of a gradient.</summary>
    public required int GradientBytes { get; init; }

    /// <summary>Measured figures and estimates from the caller.</summary>
    public Measurements Measured { get; init; } = new();

    /// <summary>Micro-batches of a replica, m.</summary>
    public long MicroBatches => Batch / (Layout.Data * MicroBatch);

    /// <summary>Tokens of the step over all devices.</summary>
    public double Tokens => (double)Batch * Sequence;

    /// <summary>Bytes of a stored weight or activation.</summary>
    public int StoredBytes => Precision.StoredBytes();
}

/// <summary>Devices as replicas × shares of layers × stages.</summary>
/// <param name="Data">Replicas, d.</param>
/// <param name="Tensor">Devices that share each layer, t.</param>
/// <param name="Pipeline">Stages, p.</param>
/// <param name="Chunks">Chunks of layers per stage, v.</param>
/// <param name="SequenceParallel">Whether norms and dropout are split along the sequence over the t devices.</param>
/// <param name="ZeroStage">What is split over the replicas: 0 nothing, 1 the optimizer's state, 2 also gradients, 3 also weights.</param>
public sealed record ParallelLayout(long Data = 1, long Tensor = 1, long Pipeline = 1, long Chunks = 1, bool SequenceParallel = false,
    int ZeroStage = 0)
{
    /// <summary>All devices.</summary>
    public long Devices => Data * Tensor * Pipeline;
}

/// <summary>Measured figures and assumptions; null if not given.</summary>
public sealed record Measurements
{
    /// <summary>Seconds of a forward pass.</summary>
    public double? ForwardSeconds { get; init; }

    /// <summary>Seconds of a backward pass.</summary>
    public double? BackwardSeconds { get; init; }

    /// <summary>Seconds of a step.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>Bytes of a device.</summary>
    public double? Bytes { get; init; }

    /// <summary>An assumed utilization.</summary>
    public double? Mfu { get; init; }

    /// <summary>Tokens of the run.</summary>
    public double? Tokens { get; init; }
}

/// <summary>What is recomputed of the forward pass.</summary>
public enum ActivationPolicy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The attention scores.</summary>
    Selective,

    /// <summary>Every layer from its input.</summary>
    Full,

    /// <summary>Segments of ⌈√L⌉ layers, each from its input.</summary>
    Sqrt,
}
