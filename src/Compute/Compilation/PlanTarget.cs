namespace Backprop.Compute.Compilation;

/// <summary>What the executor of a plan can do.</summary>
public sealed record PlanTarget
{
    /// <summary>The host.</summary>
    public static PlanTarget Host { get; } = new() { HasViews = true, LeastLooped = 512 };

    /// <summary>Any device: every value lies row-major in memory of its own.</summary>
    public static PlanTarget Device { get; } = new();

    /// <summary>Whether matrix products read operands, and write results, at any strides.</summary>
    public bool HasViews { get; init; }

    /// <summary>
    /// From how many elements on a value is computed in emitted loops. Compiling one takes milliseconds: for little work the ordinary kernels are
    /// fast enough. The greatest number stands for no loops at all.
    /// </summary>
    public int LeastLooped { get; init; } = int.MaxValue;
}
