using System.Collections.Concurrent;
using Backprop.Api.Features.TrainingRuns.Events;
using Backprop.Api.Platform.Limits;
using Backprop.Compute.Host;
using Backprop.Compute.Host.Threading;
using Backprop.Domain.Training.Runs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>
/// Claims runs and computes them, <c>Training:Concurrency</c> at a time: those that are queued, and those whose process is gone. When the service
/// stops, each run is stored as it is and given back, so that the next start continues it.
/// </summary>
/// <param name="leases">Claims runs.</param>
/// <param name="requests">Reads what determines a run.</param>
/// <param name="submissions">Compiles runs.</param>
/// <param name="feeds">Told of every commit.</param>
/// <param name="options">The limits.</param>
/// <param name="lifetime">Tells when the service stops.</param>
/// <param name="logger">Logs what fails.</param>
internal sealed class TrainingWorker(
    IRunLeases leases, TrainingRequests requests, TrainingSubmissions submissions, EventFeeds feeds, IOptions<TrainingOptions> options,
    IHostApplicationLifetime lifetime, ILogger<TrainingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MemoryWait = TimeSpan.FromSeconds(5);

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<long, (RunRecorder Recorder, Task Done)> executions = [];
    private readonly SemaphoreSlim wake = new(0);
    private DateTime tryAfter = DateTime.MinValue;

    /// <summary>Looks for a run to claim, and for what clients ask of a run, now rather than soon.</summary>
    /// <param name="id">The id of the run that was submitted or commanded.</param>
    public void Look(string id)
    {
        foreach ((RunRecorder recorder, _) in executions.Values.Where(execution => execution.Recorder.Id == id))
        {
            recorder.Look();
        }

        wake.Release();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            while (true)
            {
                await ClaimAsync(stopping.Token);
                await wake.WaitAsync(Interval, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The service is stopping.
        }

        foreach ((RunRecorder recorder, _) in executions.Values)
        {
            recorder.Leave();
        }

        await Task.WhenAll(executions.Values.Select(execution => execution.Done));
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        int? width = options.Value.AnyVectorWidth ? null : VectorWidth.Bits;
        try
        {
            while (executions.Count < options.Value.Concurrency && DateTime.UtcNow >= tryAfter
                && await leases.ClaimAsync(owner, [.. executions.Keys], width, RunRecorder.Lease, cancellationToken) is { } claimed)
            {
                Begin(claimed);
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "No training run can be claimed at present");
        }
    }

    private void Begin(ClaimedRun claimed)
    {
        feeds.Changed(claimed.Lease.Id);
        var recorder = new RunRecorder(claimed, leases, () => feeds.Changed(claimed.Lease.Id), logger);
        var execution = new RunExecution(claimed, requests, submissions, recorder, options.Value, logger);
        var computed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        executions[claimed.Lease.Sequence] = (recorder, EndAsync(claimed, execution, recorder, computed.Task));
        ComputeThread.StartInBackground($"Backprop training {claimed.Lease.Sequence}", () =>
        {
            execution.Run();
            computed.SetResult();
        });
    }

    private async Task EndAsync(ClaimedRun claimed, RunExecution execution, RunRecorder recorder, Task computed)
    {
        try
        {
            await Task.WhenAll(Task.Run(recorder.RunAsync), computed);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Recording training run {Run} failed", claimed.Lease.Id);
            recorder.Leave();
            await computed;
        }

        tryAfter = execution.LacksMemory ? DateTime.UtcNow + MemoryWait : tryAfter;
        executions.TryRemove(claimed.Lease.Sequence, out _);
        wake.Release();
    }
}
