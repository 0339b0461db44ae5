namespace Backprop.Client.Costs;

/// <summary>Bytes of the device that needs most.</summary>
public sealed record StepMemory
{
    /// <summary>Weights, in the precision in which they are stored.</summary>
    public required double Parameters { get; init; }

    /// <summary>Gradients.</summary>
    public required double Gradients { get; init; }

    /// <summary>The copy of the weights in fp32; 0 where there is none.</summary>
    public required double MasterWeights { get; init; }

    /// <summary>The optimizer's state.</summary>
    public required double Moments { get; init; }

    /// <summary>Activations; absent where only a count of parameters is known, which leaves them open.</summary>
    public ActivationMemory? Activations { get; init; }

    /// <summary>The output layer: its input, its logits, and what its loss keeps; absent where only a count of parameters is known.</summary>
    public double? Logits { get; init; }

    /// <summary>Inputs and constants of a graph that are not trained; absent for a model.</summary>
    public double? Inputs { get; init; }

    /// <summary>
    /// Working memory and results of a graph's step as they are planned, which is what a run on this server takes, exactly; absent for a model.
    /// </summary>
    public long? PlannedPeak { get; init; }

    /// <summary>Their sum, the planned peak aside, which activations and gradients are parts of.</summary>
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

    /// <summary>Computed again and held at a time: the largest recomputed layer or segment; 0 where nothing is recomputed, or only scores.</summary>
    public required double Recomputed { get; init; }

    /// <summary>What one micro-batch leaves in one layer where nothing is recomputed.</summary>
    public double? Layer { get; init; }

    /// <summary>What is kept under each policy, for comparison; absent for a graph.</summary>
    public IReadOnlyDictionary<RecomputationPolicy, double>? ByPolicy { get; init; }
}

/// <summary>Whether a step fits.</summary>
public sealed record StepFit
{
    /// <summary>True where the device has the memory that it needs.</summary>
    public required bool Fits { get; init; }

    /// <summary>Bytes needed.</summary>
    public required double NeededBytes { get; init; }

    /// <summary>Bytes of the device.</summary>
    public required double CapacityBytes { get; init; }

    /// <summary>The largest batch of a replica that fits as it stands, in sequences; 0 where none does.</summary>
    public long? LargestMicroBatch { get; init; }

    /// <summary>
    /// The fewest devices on which it fits, and how they are to be arranged; absent where it fits as asked, or on no number of them.
    /// </summary>
    public StepArrangement? FewestDevices { get; init; }

    /// <summary>
    /// Changes of the request with which it fits on the devices that were asked, the cheapest first; empty where it fits, or none does.
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

    /// <summary>Bytes needed of one device then.</summary>
    public required double NeededBytes { get; init; }
}

/// <summary>A change with which a step fits.</summary>
public sealed record StepChange
{
    /// <summary>What to set, as a part of the request: <c>"checkpointing": "full"</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Bytes needed then.</summary>
    public required double NeededBytes { get; init; }

    /// <summary>What it costs, in words.</summary>
    public required string Price { get; init; }
}
