using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>A run in progress. Not safe for concurrent use; nearly nothing is allocated per step.</summary>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>The number of steps done.</summary>
    public long Step => throw new NotImplementedException();

    /// <summary>How the run ended; null while there are steps left.</summary>
    public TrainingOutcome? Outcome => throw new NotImplementedException();

    /// <summary>Does one step.</summary>
    /// <returns>What is recorded of it; null if this step is not recorded.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the state is that before the step.</exception>
    public StepMetrics? Advance(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A copy of the state.</summary>
    public TrainingState Capture() => throw new NotImplementedException();

    /// <summary>Gives its memory back.</summary>
    public void Dispose() => throw new NotImplementedException();
}
