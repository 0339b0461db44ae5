using System.Globalization;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Domain.Training.Runs;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.TrainingRuns.Events;

/// <summary>The runs that are watched. Safe for concurrent use.</summary>
/// <param name="store">Where they are stored.</param>
/// <param name="options">The limit on watchers.</param>
internal sealed class EventFeeds(ITrainingRunStore store, IOptions<TrainingOptions> options)
{
    private const int RetrySeconds = 5;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (EventFeed Feed, int Watchers)> feeds = [];
    private int watchers;

    /// <summary>The connections that watch at present.</summary>
    public int Watchers => Volatile.Read(ref watchers);

    /// <summary>Watches a run until the result is disposed.</summary>
    /// <param name="run">The run as it is.</param>
    /// <exception cref="ProblemException">Too many connections watch (429).</exception>
    public Watch Open(TrainingRun run)
    {
        lock (gate)
        {
            if (watchers >= options.Value.Watchers)
            {
                throw TooMany(options.Value.Watchers);
            }

            watchers++;
            (EventFeed feed, int count) = feeds.TryGetValue(run.Id, out (EventFeed, int) known) ? known : (new EventFeed(run, store), 0);
            feeds[run.Id] = (feed, count + 1);
            return new Watch(this, feed);
        }
    }

    /// <summary>Tells those who watch a run that more of it is stored.</summary>
    /// <param name="id">The id of the run.</param>
    public void Changed(string id)
    {
        EventFeed? feed;
        lock (gate)
        {
            feed = feeds.GetValueOrDefault(id).Feed;
        }

        feed?.Look();
    }

    private static ProblemException TooMany(int most) =>
        new(new Problem(StatusCodes.Status429TooManyRequests, $"Training:Watchers is {most}, and as many connections watch runs; try again later.")
        {
            Limit = new ExceededLimit($"{TrainingOptions.Section}:{nameof(TrainingOptions.Watchers)}", most),
            Header = (HeaderNames.RetryAfter, RetrySeconds.ToString(CultureInfo.InvariantCulture)),
        });

    private void Close(string id)
    {
        lock (gate)
        {
            watchers--;
            (EventFeed feed, int count) = feeds[id];
            if (count > 1)
            {
                feeds[id] = (feed, count - 1);
                return;
            }

            feeds.Remove(id);
            feed.Stop();
        }
    }

    /// <summary>A connection that watches a run.</summary>
    /// <param name="owner">Counts it.</param>
    /// <param name="feed">What it reads.</param>
    internal sealed class Watch(EventFeeds owner, EventFeed feed) : IDisposable
    {
        /// <summary>What it reads.</summary>
        public EventFeed Feed => feed;

        /// <inheritdoc/>
        public void Dispose() => owner.Close(feed.Id);
    }
}
