using System.Collections.Concurrent;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns.Events;

/// <summary>What is stored of a run at a time.</summary>
/// <param name="Run">The run; null if it was deleted.</param>
/// <param name="Changed">Completes when more is stored.</param>
internal sealed record FeedHead(TrainingRun? Run, Task Changed);

/// <summary>Encoded events after a step.</summary>
/// <param name="Bytes">The events.</param>
/// <param name="Last">The last step of them.</param>
internal sealed record FeedSegment(byte[] Bytes, long Last);

/// <summary>
/// The events of a run for all who watch it. They are read from the store and encoded once, however many watch, and kept for a while; each reader has
/// a position of its own, and nothing is queued for it. Safe for concurrent use.
/// </summary>
internal sealed class EventFeed
{
    // What another process computes is looked for at this interval.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private const int MostInSegment = 512;
    private const long MostKeptBytes = 8 << 20;

    private readonly ITrainingRunStore store;
    private readonly string? learner;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim due = new(0);
    private readonly ConcurrentDictionary<long, Lazy<Task<FeedSegment>>> segments = [];
    private readonly ConcurrentQueue<(long After, long Bytes)> kept = [];
    private TaskCompletionSource changed = New();
    private volatile FeedHead head;
    private long keptBytes;

    /// <summary>Begins to follow a run.</summary>
    /// <param name="run">The run as it is.</param>
    /// <param name="store">Where it is stored.</param>
    public EventFeed(TrainingRun run, ITrainingRunStore store)
    {
        this.store = store;
        (Id, learner) = (run.Id, run.Learner);
        head = new FeedHead(run, changed.Task);
        _ = FollowAsync();
    }

    /// <summary>The id of the run.</summary>
    public string Id { get; }

    /// <summary>What is stored now.</summary>
    public FeedHead Head => head;

    /// <summary>Looks now whether more is stored.</summary>
    public void Look() => due.Release();

    /// <summary>Follows the run no longer.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>The events after a step.</summary>
    /// <param name="after">The step; a later one is stored.</param>
    /// <param name="upTo">The last step that is stored.</param>
    public async Task<FeedSegment> AfterAsync(long after, long upTo)
    {
        Lazy<Task<FeedSegment>> segment = segments.GetOrAdd(after, _ => new Lazy<Task<FeedSegment>>(() => ReadAsync(after, upTo)));
        try
        {
            return await segment.Value;
        }
        catch
        {
            segments.TryRemove(KeyValuePair.Create(after, segment));
            throw;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task FollowAsync()
    {
        while (!stopping.IsCancellationRequested && head.Run is { IsOver: false })
        {
            try
            {
                await due.WaitAsync(Interval, stopping.Token);
                Publish(await store.FindAsync(Id, learner, stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (System.Data.Common.DbException)
            {
                // The store is busy; the next look may find it free.
            }
        }
    }

    private void Publish(TrainingRun? run)
    {
        if (run == head.Run)
        {
            return;
        }

        TaskCompletionSource before = changed;
        changed = New();
        head = new FeedHead(run, changed.Task);
        before.SetResult();
    }

    private async Task<FeedSegment> ReadAsync(long after, long upTo)
    {
        var metrics = await store.ReadMetricsAsync(Id, after, upTo, MostInSegment, CancellationToken.None);
        var segment = new FeedSegment(EventText.Metrics(metrics), metrics.Count > 0 ? metrics[^1].Step : upTo);
        Keep(after, segment.Bytes.Length);
        return segment;
    }

    private void Keep(long after, long bytes)
    {
        kept.Enqueue((after, bytes));
        if (Interlocked.Add(ref keptBytes, bytes) > MostKeptBytes && kept.TryDequeue(out (long After, long Bytes) oldest))
        {
            segments.TryRemove(oldest.After, out _);
            Interlocked.Add(ref keptBytes, -oldest.Bytes);
        }
    }
}
