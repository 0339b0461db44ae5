namespace Backprop.Client.Costs;

/// <summary>Bytes of the device that needs most.</summary>
public sealed record StepMemory
{
    /// <summary>Weights, in the precision in which they are stored.</summary>
    public required double Parameters { get; init; }

    /// <summary>Gradients.</summary>
    public required double Gradients { get; init; }

    /// <summary>The copy of the weights in fp32; 0 without one.</summary>
    public required double MasterWeights { get; init; }

    /// <summary>The optimizer's state.</summary>
    public required double Moments { get; init; }

    /// <summary>Activations; absent if only a parameter count is known.</summary>
    public ActivationMemory? Activations { get; init; }

    /// <summary>The output layer: its input, its logits, and what its loss keeps; absent if only a parameter count is known.</summary>
    public double? Logits { get; init; }

    /// <summary>Inputs and constants of a graph that are not trained; absent for a model.</summary>
    public double? Inputs { get; init; }

    /// <summary>Planned working memory and results of a graph's step, exactly as on this server; absent for a model.</summary>
    public long? PlannedPeak { get; init; }

    /// <summary>The sum of the above except the planned peak, which includes activations and gradients.</summary>
    public required double Total { get; init; }

    /// <summary>The sum in GB of 1e9 bytes.</summary>
    public required double TotalGb { get; init; }

    /// <summary>The sum in GiB of 2³⁰ bytes.</summary>
    public required double TotalGib { get; init; }
}

/// <summary>Bytes of the activations that the backward pass needs.</summary>
public sealed record ActivationMemory
{
    /// <summary>Kept from the forward pass.</summary>
    public required double Stored { get; init; }

    /// <summary>Recomputed and held at a time: the largest recomputed layer or segment; 0 if nothing is recomputed, or only scores.</summary>
    public required double Recomputed { get; init; }

    /// <summary>Activations of one micro-batch in one layer without recomputation.</summary>
    public double? Layer { get; init; }

    /// <summary>Bytes kept under each policy, for comparison; absent for a graph.</summary>
    public IReadOnlyDictionary<RecomputationPolicy, double>? ByPolicy { get; init; }
}

/// <summary>Whether a step fits.</summary>
public sealed record StepFit
{
    /// <summary>True if the device has enough memory.</summary>
    public required bool Fits { get; init; }

    /// <summary>Bytes needed.</summary>
    public required double NeededBytes { get; init; }

    /// <summary>Bytes of the device.</summary>
    public required double CapacityBytes { get; init; }

    /// <summary>The largest batch of a replica that fits with this setup, in sequences; 0 if none does.</summary>
    public long? LargestMicroBatch { get; init; }

    /// <summary>The fewest devices on which it fits, and their arrangement; absent if it fits as requested, or on no number of devices.</summary>
    public StepArrangement? FewestDevices { get; init; }

    /// <summary>
    /// Changes to the request with which it fits on the requested devices, the cheapest first; empty if it fits, or if no change suffices.
    /// </summary>
    public required IReadOnlyList<StepChange> Changes { get; init; }
}

/// <summary>An arrangement of devices.</summary>
public sealed record StepArrangement
{
    /// <summary>All devices.</summary>
    public required long Devices { get; init; }

    /// <summary>Replicas.</summary>
    public required long DataParallel { get; init; }

    /// <summary>Devices that share a layer.</summary>
    public required long TensorParallel { get; init; }

    /// <summary>Stages.</summary>
    public required long PipelineParallel { get; init; }

    /// <summary>What is split over the replicas.</summary>
    public required long ZeroStage { get; init; }

    /// <summary>Bytes needed per device then.</summary>
    public required double NeededBytes { get; init; }
}

/// <summary>A change with which a step fits.</summary>
public sealed record StepChange
{
    /// <summary>The member to set, as in the request: <c>"checkpointing": "full"</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Bytes needed then.</summary>
    public required double NeededBytes { get; init; }

    /// <summary>Its cost, in words.</summary>
    public required string Price { get; init; }
}
