using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Refit;

namespace Backprop.Client.Training;

/// <summary>An event of a run: a recorded step, or its state when that changes.</summary>
public sealed record TrainingEvent
{
    /// <summary>The recorded step; null if the state is told.</summary>
    public TrainingMetric? Metric { get; init; }

    /// <summary>The run in its present state; null if a step is told.</summary>
    public TrainingRunPage? State { get; init; }
}

/// <summary>Watches runs.</summary>
public static class TrainingEvents
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = CreateJson();

    /// <summary>
    /// The recorded steps of a run, each once and in order, and its states. Ends with the final state. If the connection is lost, or the service is
    /// restarted, it continues with the step after the last one.
    /// </summary>
    /// <param name="api">The service.</param>
    /// <param name="id">The id of the run.</param>
    /// <param name="after">The last step that is known already; 0 for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">The service refuses to show the run.</exception>
    public static async IAsyncEnumerable<TrainingEvent> WatchTrainingRunAsync(
        this IBackpropApi api, string id, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TimeSpan wait = DefaultWait;
        while (true)
        {
            await using (var connection = new Connection(api, id, after, cancellationToken))
            {
                while (await connection.NextAsync() is { } item)
                {
                    after = item.Metric?.Step ?? after;
                    yield return item;
                    if (item.State is { } run && IsFinal(run.State))
                    {
                        yield break;
                    }
                }

                wait = connection.Wait ?? wait;
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    private static bool IsFinal(TrainingRunState state) =>
        state is not (TrainingRunState.Queued or TrainingRunState.Running or TrainingRunState.Paused);

    // An answer may have members that this version does not know yet.
    private static JsonSerializerOptions CreateJson()
    {
        JsonSerializerOptions json = BackpropJson.Create();
        json.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip;
        return json;
    }

    /// <summary>One connection, until it ends for whatever reason.</summary>
    private sealed class Connection(IBackpropApi api, string id, long after, CancellationToken cancellationToken) : IAsyncDisposable
    {
        private Stream? stream;
        private SseParser<TrainingEvent?>? parser;
        private IAsyncEnumerator<SseItem<TrainingEvent?>>? events;

        /// <summary>How long the service asks to wait before the next connection; null if it does not say.</summary>
        public TimeSpan? Wait => parser?.ReconnectionInterval is { } wait && wait >= TimeSpan.Zero ? wait : null;

        /// <summary>The next event; null if the connection has ended.</summary>
        public async Task<TrainingEvent?> NextAsync()
        {
            try
            {
                events ??= await OpenAsync();
                while (await events.MoveNextAsync())
                {
                    if (events.Current.Data is { } item)
                    {
                        return item;
                    }
                }
            }
            catch (ApiException refused) when ((int)refused.StatusCode >= 500)
            {
                // The service is starting, stopping or busy.
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or ApiRequestException)
            {
                // The connection is lost.
            }

            return null;
        }

        public async ValueTask DisposeAsync()
        {
            if (events is not null)
            {
                await events.DisposeAsync();
            }

            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
        }

        private async Task<IAsyncEnumerator<SseItem<TrainingEvent?>>> OpenAsync()
        {
            string? last = after > 0 ? after.ToString(CultureInfo.InvariantCulture) : null;
            stream = await api.OpenTrainingEventsAsync(id, last, cancellationToken);
            parser = SseParser.Create(stream, Read);
            return parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        }

        private static TrainingEvent? Read(string type, ReadOnlySpan<byte> data) => type switch
        {
            "metric" => new TrainingEvent { Metric = JsonSerializer.Deserialize<TrainingMetric>(data, Json) },
            "state" => new TrainingEvent { State = JsonSerializer.Deserialize<TrainingRunPage>(data, Json) },
            _ => null,
        };
    }
}
