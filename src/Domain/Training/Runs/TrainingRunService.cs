using Backprop.Domain.Sampling;

namespace Backprop.Domain.Training.Runs;

/// <summary>The run that is asked for, validated.</summary>
/// <param name="Request">What determines it, as its owner reads it again.</param>
/// <param name="State">The state before its first step.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="VectorBits">The width of the vectors that it is computed with.</param>
/// <param name="Bytes">The bytes that it will take at most: request, states and metrics.</param>
public sealed record RunSubmission(byte[] Request, TrainingState State, long Steps, int VectorBits, long Bytes);

/// <summary>Starts, shows and ends runs; their steps are computed by whoever owns them (<see cref="IRunLeases"/>).</summary>
/// <param name="store">Stores runs.</param>
/// <param name="quota">How many runs are kept.</param>
/// <param name="time">The clock.</param>
public sealed class TrainingRunService(ITrainingRunStore store, RunQuota quota, TimeProvider time)
{
    /// <summary>Stores a run that waits for its turn, or finds the one that was stored with the same key.</summary>
    /// <param name="submission">The run.</param>
    /// <param name="learner">The owner; null if anyone with the id may see it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="TrainingRunException">Too many runs wait, or the key belongs to another request.</exception>
    /// <exception cref="Graphs.LimitException">The run does not fit.</exception>
    public Task<TrainingRun> StartAsync(RunSubmission submission, string? learner, string client, string? key, CancellationToken cancellationToken)
    {
        var run = new TrainingRun(RandomNames.Id(), RunState.Queued, submission.Steps, time.GetUtcNow())
        {
            Learner = learner,
            VectorBits = submission.VectorBits,
        };
        var added = new NewTrainingRun(run, submission.Request, submission.State, submission.Bytes, key);
        return store.AddAsync(added, client, quota, cancellationToken);
    }

    /// <summary>The run of this id.</summary>
    /// <exception cref="TrainingRunException">There is none that the learner may see.</exception>
    public async Task<TrainingRun> FindAsync(string id, string? learner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, learner, cancellationToken) ?? throw NotFound(id);

    /// <summary>The run after a command.</summary>
    /// <exception cref="TrainingRunException">There is none that the learner may see, or the command is not legal in its state.</exception>
    public async Task<TrainingRun> CommandAsync(string id, string? learner, RunCommand command, CancellationToken cancellationToken) =>
        await store.ChangeAsync(id, learner, run => run.After(command, time.GetUtcNow()), cancellationToken) ?? throw NotFound(id);

    /// <summary>Deletes the run of this id; one that is computed ends after the current step.</summary>
    /// <exception cref="TrainingRunException">There is none that the learner may see.</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, learner, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    /// <summary>The parameters of a run, and what determines it.</summary>
    /// <param name="id">The id of the run.</param>
    /// <param name="learner">Who asks; null if anonymous.</param>
    /// <param name="best">Those with the smallest loss; otherwise those of the last checkpoint.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TrainingRunException">There is no such run, or no loss is known yet.</exception>
    public async Task<TrainedParameters> ParametersAsync(string id, string? learner, bool best, CancellationToken cancellationToken)
    {
        StoredProgress progress = await store.FindProgressAsync(id, learner, cancellationToken) ?? throw NotFound(id);
        if (!best)
        {
            return new TrainedParameters(progress.Request, progress.State.Step, progress.State.Tensors);
        }

        return progress.State.Best is { } found
            ? new TrainedParameters(progress.Request, found.Step, found.Parameters)
            : throw new TrainingRunException(RunError.NoParameters, "No loss is known yet; step=last has the parameters of the last checkpoint.");
    }

    private static TrainingRunException NotFound(string id) => new(RunError.NotFound, $"No training run '{id}'.");
}

/// <summary>Parameters of a run after a step.</summary>
/// <param name="Request">What determines the run.</param>
/// <param name="Step">The step.</param>
/// <param name="Tensors">The parameters, among other tensors of the state.</param>
public sealed record TrainedParameters(byte[] Request, long Step, IReadOnlyDictionary<string, Graphs.Tensor> Tensors);
