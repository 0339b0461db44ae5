using System.Diagnostics;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Training;
using Backprop.Compute.Host;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>Computes a claimed run on a thread of its own, until it ends, is given up, or belongs to another process.</summary>
/// <param name="claimed">The run.</param>
/// <param name="requests">Reads what determines it.</param>
/// <param name="submissions">Compiles it.</param>
/// <param name="recorder">Records what it does.</param>
/// <param name="options">The limits.</param>
/// <param name="logger">Logs runs that fail.</param>
internal sealed class RunExecution(
    ClaimedRun claimed, TrainingRequests requests, TrainingSubmissions submissions, RunRecorder recorder, TrainingOptions options, ILogger logger)
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(5);

    // Storing large states takes at most this part of the time.
    private const double CheckpointShare = 0.05;

    private long lastCheckpoint = Stopwatch.GetTimestamp();

    /// <summary>Whether memory was short, so that the run should wait before it is tried again.</summary>
    public bool LacksMemory { get; private set; }

    /// <summary>Computes the run.</summary>
    public void Run()
    {
        try
        {
            Compute();
        }
        catch (OperationCanceledException)
        {
            recorder.End(RunState.Queued, null, null, null);
        }
        catch (Exception exception) when (exception is MemoryExhaustedException or OutOfMemoryException)
        {
            LacksMemory = true;
            recorder.End(RunState.Queued, null, null, null);
        }
        catch (Exception exception) when (exception is GraphException or LimitException)
        {
            recorder.End(RunState.Failed, exception.Message, (exception as GraphException)?.Node, null);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Training run {Run} failed", claimed.Lease.Id);
            recorder.End(RunState.Failed, "Internal error. Search the service's logs for the id of the run.", null, null);
        }
    }

    private void Compute()
    {
        TrainingRunRequest request = TrainingRequests.Read(claimed.Request);
        Trainer trainer = submissions.Compile(requests.Definition(request, recorder.Leaving), recorder.Leaving);
        using TrainingLoop loop = trainer.Continue(claimed.State);

        bool isLate = Advance(loop, request.CheckpointEvery);
        TrainingState last = loop.Capture();
        if (loop.Outcome is { } outcome)
        {
            recorder.End(RunStates.Of(outcome.End), outcome.Reason, outcome.Node, last);
        }
        else if (isLate)
        {
            recorder.End(RunState.Stopped, $"The time is over: {TrainingOptions.Section}:MaxSeconds is {options.MaxSeconds:0.##}.", null, last);
        }
        else
        {
            recorder.End(RunState.Queued, null, null, last);
        }
    }

    private bool Advance(TrainingLoop loop, long? checkpointEvery)
    {
        while (loop.Outcome is null && !recorder.MustLeave)
        {
            if (recorder.ComputedSeconds > options.MaxSeconds)
            {
                return true;
            }

            try
            {
                StepMetrics? metrics = loop.Advance(recorder.Leaving);
                recorder.Add(loop.Step, metrics);
                SaveIfDue(loop, checkpointEvery);
            }
            catch (OperationCanceledException) when (recorder.Leaving.IsCancellationRequested)
            {
                // The state is that before the step, or before what was to be stored.
                return false;
            }
        }

        return false;
    }

    private void SaveIfDue(TrainingLoop loop, long? every)
    {
        if (every is { } steps && loop.Step % steps == 0)
        {
            recorder.WaitForCheckpoint();
        }
        else if (Stopwatch.GetElapsedTime(lastCheckpoint) < Wait || !recorder.IsCheckpointed)
        {
            return;
        }

        recorder.Add(loop.Capture());
        lastCheckpoint = Stopwatch.GetTimestamp();
    }

    private TimeSpan Wait => recorder.CheckpointTime / CheckpointShare is var wait && wait > CheckpointInterval ? wait : CheckpointInterval;
}
