namespace Backprop.Domain.Training.Runs;

/// <summary>Why a request about a run is refused.</summary>
public enum RunError
{
    /// <summary>There is no such run, or the learner may not see it.</summary>
    NotFound,

    /// <summary>The command is not legal in the state of the run.</summary>
    WrongState,

    /// <summary>The idempotency key belongs to another request.</summary>
    KeyReused,

    /// <summary>Too many runs wait; some will have ended later.</summary>
    TooManyUnfinished,

    /// <summary>No loss of the run is known yet, so that no parameters are the best.</summary>
    NoParameters,
}

/// <summary>A request about a run is refused; nothing was changed.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class TrainingRunException(RunError error, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public RunError Error { get; } = error;

    /// <summary>The limit that is exceeded, and its value; null for none.</summary>
    public (string Name, long Value)? Limit { get; init; }
}
