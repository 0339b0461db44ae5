using System.Diagnostics;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>
/// What a run records, on its way to the store. The thread that computes the run adds to it; a loop of its own commits it several times per second,
/// renews the lease, and learns what clients ask of the run. Only what is committed is shown to clients, so that nothing that was shown is lost if
/// the process is killed.
/// </summary>
/// <param name="claimed">The run.</param>
/// <param name="leases">Stores progress.</param>
/// <param name="committed">Told after each commit.</param>
/// <param name="logger">Logs commits that fail.</param>
internal sealed class RunRecorder(ClaimedRun claimed, IRunLeases leases, Action committed, ILogger logger)
{
    /// <summary>How long a process may be silent before another one takes its runs over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private const int MostWaiting = 1 << 16;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim due = new(0);
    private readonly ManualResetEventSlim hasRoom = new(initialState: true);
    private readonly ManualResetEventSlim isCheckpointed = new(initialState: true);
    private readonly CancellationTokenSource leaving = new();
    private readonly StepRate rate = new(claimed.Run.Step);
    private readonly long began = Stopwatch.GetTimestamp();
    private List<StepMetrics> waiting = [];
    private TrainingState? checkpoint;
    private RunProgress? end;
    private long step = claimed.State.Step;
    private long stored = claimed.Run.Step;
    private long lastCommit = Stopwatch.GetTimestamp();
    private volatile bool mustLeave;

    /// <summary>The id of the run.</summary>
    public string Id => claimed.Lease.Id;

    /// <summary>Fires when the current step is to be given up.</summary>
    public CancellationToken Leaving => leaving.Token;

    /// <summary>
    /// Whether the run is to be left before its next step. Steps that are recorded are done again first if the last checkpoint was before them.
    /// </summary>
    public bool MustLeave => (mustLeave && Volatile.Read(ref step) >= Volatile.Read(ref stored)) || leaving.IsCancellationRequested;

    /// <summary>Whether the last checkpoint is stored.</summary>
    public bool IsCheckpointed => isCheckpointed.IsSet;

    /// <summary>How long storing the last checkpoint took.</summary>
    public TimeSpan CheckpointTime { get; private set; }

    /// <summary>The seconds that the run was computed for by all owners.</summary>
    public double ComputedSeconds => claimed.ComputedSeconds + Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Records a step. Waits if the store cannot keep up.</summary>
    /// <param name="done">The number of steps done.</param>
    /// <param name="metrics">What is recorded of it; null for nothing.</param>
    public void Add(long done, StepMetrics? metrics)
    {
        if (metrics is null)
        {
            Volatile.Write(ref step, done);
            return;
        }

        bool isFull;
        lock (gate)
        {
            waiting.Add(metrics);
            step = done;
            isFull = waiting.Count * (1 + (metrics.Parameters?.Count ?? 0)) >= MostWaiting;
            if (isFull)
            {
                hasRoom.Reset();
            }
        }

        if (isFull)
        {
            due.Release();
            hasRoom.Wait(Leaving);
        }
    }

    /// <summary>Records a checkpoint, which is stored with the metrics up to it.</summary>
    public void Add(TrainingState state)
    {
        lock (gate)
        {
            checkpoint = state;
            isCheckpointed.Reset();
        }

        due.Release();
    }

    /// <summary>Waits until the last checkpoint is stored.</summary>
    public void WaitForCheckpoint() => isCheckpointed.Wait(Leaving);

    /// <summary>Ends the recording: the run is left in a state, with a last checkpoint.</summary>
    public void End(RunState left, string? reason, string? node, TrainingState? last)
    {
        lock (gate)
        {
            checkpoint = last ?? checkpoint;
            end = new RunProgress(0, 0) { Left = left, Reason = reason, Node = node };
        }

        due.Release();
    }

    /// <summary>Looks for what clients ask of the run.</summary>
    public void Look()
    {
        lastCommit = 0;
        due.Release();
    }

    /// <summary>Gives the run up at once, in the state before the current step.</summary>
    public void Leave() => leaving.Cancel();

    /// <summary>Commits until the run has ended or belongs to another process.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await due.WaitAsync(Interval);
            if (Take() is not { } progress)
            {
                continue;
            }

            LeaseAnswer answer = await CommitAsync(progress);
            if (!answer.IsOwner)
            {
                Leave();
                return;
            }

            Volatile.Write(ref stored, Math.Max(stored, progress.Step));
            lastCommit = Stopwatch.GetTimestamp();
            committed();
            if (progress.Left is not null)
            {
                return;
            }

            Follow(answer.Pending);
        }
    }

    // A run may be resumed before it was left: then it goes on.
    private void Follow(RunCommand? pending)
    {
        mustLeave = pending is RunCommand.Pause or RunCommand.Cancel;
        if (MustLeave)
        {
            Leave();
        }
    }

    private RunProgress? Take()
    {
        lock (gate)
        {
            long now = step;
            bool isNew = waiting.Count > 0 || checkpoint is not null || end is not null || now > stored;
            if (!isNew && Stopwatch.GetElapsedTime(lastCommit) < Renewal)
            {
                return null;
            }

            RunProgress progress = (end ?? new RunProgress(0, 0)) with
            {
                From = stored,
                Step = Math.Max(now, stored),
                Metrics = waiting,
                Checkpoint = checkpoint,
                StepsPerSecond = end is null ? rate.Observe(now) : rate.Whole(now, ComputedSeconds),
                ComputedSeconds = ComputedSeconds,
            };
            waiting = [];
            checkpoint = null;
            return progress;
        }
    }

    // What could not be stored is tried again: the thread that computes waits meanwhile, as soon as too much has gathered.
    private async Task<LeaseAnswer> CommitAsync(RunProgress progress)
    {
        while (true)
        {
            try
            {
                long start = Stopwatch.GetTimestamp();
                LeaseAnswer answer = await leases.CommitAsync(claimed.Lease, progress, Lease, CancellationToken.None);
                hasRoom.Set();
                if (progress.Checkpoint is not null)
                {
                    CheckpointTime = Stopwatch.GetElapsedTime(start);
                    SetCheckpointed();
                }

                return answer;
            }
            catch (System.Data.Common.DbException exception)
            {
                logger.LogWarning(exception, "The progress of training run {Run} cannot be stored at present", claimed.Lease.Id);
            }

            await Task.Delay(RetryDelay);
        }
    }

    private void SetCheckpointed()
    {
        lock (gate)
        {
            if (checkpoint is null)
            {
                isCheckpointed.Set();
            }
        }
    }
}
