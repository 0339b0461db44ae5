using Backprop.Domain.Quotas;

namespace Backprop.Domain.Training.Runs;

/// <summary>How many runs are kept.</summary>
/// <param name="Stored">Runs with their requests, states and metrics. Beyond it, the oldest that have ended are evicted.</param>
/// <param name="ClientUnfinished">Runs of one learner or client that have not ended.</param>
/// <param name="Unfinished">Runs of all that have not ended.</param>
public sealed record RunQuota(StorageQuota Stored, StorageLimit ClientUnfinished, StorageLimit Unfinished)
{
    /// <summary>Requires that one more run may wait.</summary>
    /// <param name="ofClient">The unfinished runs of its owner.</param>
    /// <param name="ofAll">The unfinished runs of all.</param>
    /// <exception cref="TrainingRunException">There are too many.</exception>
    public void RequireRoom(long ofClient, long ofAll)
    {
        if (ofClient >= ClientUnfinished.Value)
        {
            throw Refusal(ClientUnfinished, $"you have {ofClient} runs that have not ended; wait for one, or cancel one");
        }

        if (ofAll >= Unfinished.Value)
        {
            throw Refusal(Unfinished, $"{ofAll} runs have not ended; try again when some have");
        }
    }

    private static TrainingRunException Refusal(StorageLimit limit, string reason) =>
        new(RunError.TooManyUnfinished, $"{limit.Name} is {limit.Value}: {reason}.") { Limit = (limit.Name, limit.Value) };
}
