using System.Diagnostics;
using System.IO.Pipelines;
using Backprop.Api.Platform.Hosting;
using Backprop.Domain.Training.Runs;
using Microsoft.AspNetCore.Http.Features;

namespace Backprop.Api.Features.TrainingRuns.Events;

/// <summary>
/// Answers with the events of a run: the recorded steps after a step, the state whenever it changes, and a comment if there is nothing to tell. Many
/// readers of the same process share its bandwidth, so that they do not slow the run down; a reader that falls behind gets the same events later.
/// </summary>
/// <param name="feeds">The runs that are watched.</param>
/// <param name="run">The run as it is.</param>
/// <param name="after">The last step that the reader knows; 0 for none.</param>
internal sealed class EventStream(EventFeeds feeds, TrainingRun run, long after) : IResult
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PausePerWatcher = TimeSpan.FromMilliseconds(2);
    private const long BytesPerRound = 8 << 20;
    private const long LeastBytesPerRound = 32 << 10;

    private long position = after;
    private (RunState State, RunCommand? Pending)? told;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using EventFeeds.Watch watch = feeds.Open(run);
        HttpResponse response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        if (httpContext.Features.Get<HeadRequest>() is not null)
        {
            return;
        }

        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        CancellationToken stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await response.BodyWriter.WriteAsync(EventText.Opening, ending.Token);
            await SendAsync(watch.Feed, response.BodyWriter, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader is gone, or the service is stopping: it will reconnect.
        }
    }

    private async Task SendAsync(EventFeed feed, PipeWriter output, CancellationToken cancellationToken)
    {
        long lastWrite = Stopwatch.GetTimestamp();
        while (true)
        {
            FeedHead head = feed.Head;
            if (head.Run is not { } now)
            {
                return;
            }

            if (await SendAsync(feed, now, output, cancellationToken))
            {
                lastWrite = Stopwatch.GetTimestamp();
            }

            if (now.IsOver && position >= now.MetricStep)
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
            TimeSpan patience = CommentInterval - Stopwatch.GetElapsedTime(lastWrite);
            if (position >= now.MetricStep && !await IsChangedAsync(head.Changed, patience, cancellationToken))
            {
                await output.WriteAsync(EventText.Comment, cancellationToken);
                lastWrite = Stopwatch.GetTimestamp();
            }
        }
    }

    // What this reader may get in one round; false if there is nothing. The state follows the steps before it.
    private async Task<bool> SendAsync(EventFeed feed, TrainingRun now, PipeWriter output, CancellationToken cancellationToken)
    {
        long sent = 0;
        long most = Math.Max(LeastBytesPerRound, BytesPerRound / Math.Max(1, feeds.Watchers));
        while (position < now.MetricStep && sent < most)
        {
            FeedSegment segment = await feed.AfterAsync(position, now.MetricStep);
            await output.WriteAsync(segment.Bytes, cancellationToken);
            sent += segment.Bytes.Length;
            position = segment.Last;
        }

        if (position < now.MetricStep || told == (now.State, now.Pending))
        {
            return sent > 0;
        }

        await output.WriteAsync(EventText.State(now), cancellationToken);
        told = (now.State, now.Pending);
        return true;
    }

    private TimeSpan Pause => feeds.Watchers * PausePerWatcher is var pause && pause < ShortestPause ? ShortestPause
        : pause > LongestPause ? LongestPause : pause;

    private static async Task<bool> IsChangedAsync(Task changed, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
