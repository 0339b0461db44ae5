namespace Backprop.Domain.Training;

/// <summary>The limits on a run, checked before anything is allocated.</summary>
public sealed record TrainingLimits
{
    /// <summary>The most steps.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

    /// <summary>The most bytes of data and validation data.</summary>
    public long MaxDataBytes { get; init; } = 1L << 30;

    /// <summary>The most bytes of parameters, optimizer states and the best parameters.</summary>
    public long MaxStateBytes { get; init; } = 1L << 28;
}
