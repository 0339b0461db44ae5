namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>A request that waits for a permit.</summary>
/// <param name="client">Its client.</param>
/// <param name="arrived">When it began to wait, as a timestamp of the clock.</param>
internal sealed class Waiter(string client, long arrived)
{
    private readonly TaskCompletionSource<Decision> decision = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its client.</summary>
    public string Client => client;

    /// <summary>When it began to wait.</summary>
    public long Arrived => arrived;

    /// <summary>The outcome.</summary>
    public Task<Decision> Decision => decision.Task;

    /// <summary>Sets the outcome; false if it was set before.</summary>
    public bool TryDecide(Decision made) => decision.TrySetResult(made);
}

/// <summary>The outcome: a permit, or the time to come back.</summary>
/// <param name="Lease">The permit, or null.</param>
/// <param name="RetryAfter">When there will be a permit, if there is none.</param>
internal readonly record struct Decision(ComputeLease? Lease, TimeSpan RetryAfter);
