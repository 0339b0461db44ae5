namespace Backprop.Domain.Training;

/// <summary>How a run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps are done.</summary>
    Completed,

    /// <summary>Early: the loss was low enough, or did not improve any more.</summary>
    Stopped,

    /// <summary>A loss or a gradient was not finite.</summary>
    Diverged,
}

/// <summary>How a run ended, and why.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">Why, as a sentence; null if all steps are done.</param>
/// <param name="Node">The first node with a value that was not finite, if it diverged.</param>
public sealed record TrainingOutcome(TrainingEnd End, string? Reason = null, string? Node = null);
