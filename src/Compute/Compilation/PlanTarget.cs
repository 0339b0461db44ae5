namespace Backprop.Compute.Compilation;

/// <summary>What the executor of a plan can do.</summary>
public sealed record PlanTarget
{
    /// <summary>The host.</summary>
    public static PlanTarget Host { get; } = new() { HasViews = true, LeastLooped = 512 };

    /// <summary>Any device: every value is row-major in its own memory.</summary>
    public static PlanTarget Device { get; } = new();

    /// <summary>Whether matrix products read operands and write results at any strides.</summary>
    public bool HasViews { get; init; }

    /// <summary>
    /// The least number of elements for which emitted loops are used. Compiling a loop takes milliseconds, and for little work the ordinary kernels
    /// are fast enough. The greatest number means no loops at all.
    /// </summary>
    public int LeastLooped { get; init; } = int.MaxValue;
}
