namespace Backprop.Client.Costs;

/// <summary>
/// The time of one step as an interval: at the lower end each operator runs at the device's measured ceiling and communication is hidden; at the
/// upper end at typical training utilisation, and nothing is hidden.
/// </summary>
public sealed record StepTime
{
    /// <summary>The lower end, milliseconds.</summary>
    public required double LowerMs { get; init; }

    /// <summary>The upper end, milliseconds.</summary>
    public required double UpperMs { get; init; }

    /// <summary>The time with the <c>mfu</c> of the request; absent without one.</summary>
    public double? ExpectedMs { get; init; }

    /// <summary>The forward pass.</summary>
    public required TimeInterval Forward { get; init; }

    /// <summary>The backward pass.</summary>
    public required TimeInterval Backward { get; init; }

    /// <summary>Recomputation.</summary>
    public required TimeInterval Recomputed { get; init; }

    /// <summary>The optimizer.</summary>
    public required TimeInterval Optimizer { get; init; }

    /// <summary>Communication of data, tensor and pipeline parallelism; absent for a graph.</summary>
    public CommunicationTime? Communication { get; init; }

    /// <summary>The idle fraction of a pipeline in addition to the ideal time, (p−1)/m divided by the chunks; absent for a graph.</summary>
    public double? PipelineBubble { get; init; }

    /// <summary>The operators, the slowest first.</summary>
    public required IReadOnlyList<OperatorTime> Operators { get; init; }

    /// <summary>Tokens per second over all devices at either end of the interval; absent for a graph.</summary>
    public TimeInterval? TokensPerSecond { get; init; }
}

/// <summary>An interval, in milliseconds unless stated otherwise.</summary>
public sealed record TimeInterval
{
    /// <summary>The smaller one.</summary>
    public required double Lower { get; init; }

    /// <summary>The greater one.</summary>
    public required double Upper { get; init; }
}

/// <summary>What a device sends in one step, and how long that takes if it does not overlap with computation, milliseconds.</summary>
public sealed record CommunicationTime
{
    /// <summary>Bytes that one device sends for data parallelism.</summary>
    public required double DataBytes { get; init; }

    /// <summary>Bytes that one device sends for tensor parallelism.</summary>
    public required double TensorBytes { get; init; }

    /// <summary>Bytes that one device sends to the next stage and back.</summary>
    public required double PipelineBytes { get; init; }

    /// <summary>Milliseconds for data parallelism.</summary>
    public required double DataMs { get; init; }

    /// <summary>Milliseconds for tensor parallelism.</summary>
    public required double TensorMs { get; init; }

    /// <summary>Milliseconds for the pipeline.</summary>
    public required double PipelineMs { get; init; }
}

/// <summary>One operator on the roofline, forward, backward and recomputed together, on one device.</summary>
public sealed record OperatorTime
{
    /// <summary>Its name, as in <c>flops.parts</c>; also the elementwise operators.</summary>
    public required string Name { get; init; }

    /// <summary>FLOPs.</summary>
    public required double Flops { get; init; }

    /// <summary>Bytes read and written.</summary>
    public required double Bytes { get; init; }

    /// <summary>Milliseconds at the measured ceiling.</summary>
    public required double LowerMs { get; init; }

    /// <summary>What bounds it.</summary>
    public required RooflineBound Bound { get; init; }
}

/// <summary>What bounds an operator.</summary>
public enum RooflineBound
{
    /// <summary>Arithmetic.</summary>
    Compute,

    /// <summary>The memory's bandwidth.</summary>
    Memory,
}

/// <summary>How well devices are used at a measured time.</summary>
public sealed record StepUtilization
{
    /// <summary>The measured time used: <c>stepMs</c>, <c>forwardMs + backwardMs</c>, or only <c>forwardMs</c>.</summary>
    public required string Of { get; init; }

    /// <summary>MFU: the ratio of model FLOPs to what the devices could do at their peak in that time.</summary>
    public required double Mfu { get; init; }

    /// <summary>HFU: the same, including recomputation.</summary>
    public required double Hfu { get; init; }

    /// <summary>Model TFLOP/s per device.</summary>
    public required double ModelTflopsPerDevice { get; init; }
}

/// <summary>The cost of a whole run.</summary>
public sealed record RunCost
{
    /// <summary>Its tokens.</summary>
    public required double Tokens { get; init; }

    /// <summary>Its steps, a whole number.</summary>
    public required double Steps { get; init; }

    /// <summary>Model FLOPs.</summary>
    public required double Flops { get; init; }

    /// <summary>6·N·D with the active parameters.</summary>
    public required double SixNd { get; init; }

    /// <summary>Model FLOPs in days of a PFLOP/s (8.64e19).</summary>
    public required double PetaflopsDays { get; init; }

    /// <summary>Device hours in total; absent without <c>hardware</c>.</summary>
    public TimeInterval? DeviceHours { get; init; }

    /// <summary>Days of 24 hours on all devices; absent without <c>hardware</c>.</summary>
    public TimeInterval? Days { get; init; }

    /// <summary>Days with the <c>mfu</c> or the <c>stepMs</c> of the request; absent without either.</summary>
    public double? ExpectedDays { get; init; }

    /// <summary>Both ends in words, years of 365.25 days; absent without <c>hardware</c>.</summary>
    public string? Text { get; init; }
}
