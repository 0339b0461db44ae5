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

    /// <summary>What becomes of it.</summary>
    public Task<Decision> Decision => decision.Task;

    /// <summary>Decides; false if it was decided before.</summary>
    public bool TryDecide(Decision made) => decision.TrySetResult(made);
}

/// <summary>Whether a request may compute: it holds a permit, or it is told when to come back.</summary>
/// <param name="Lease">The permit, or null.</param>
/// <param name="RetryAfter">If there is no permit, when there will be one.</param>
public readonly record struct Decision(ComputeLease? Lease, TimeSpan RetryAfter);
