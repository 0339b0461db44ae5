using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Training;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.TrainingRuns;

/// <summary>The stream of a run's events, read as the standard describes it.</summary>
public sealed class EventTests(TrainingFixture api) : IClassFixture<TrainingFixture>
{
    private const int Cuts = 10;

    [Fact]
    public async Task A_client_that_is_cut_off_ten_times_gets_every_step_once_and_in_order()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(40_000) with { Record = new RecordContract { Every = 10 } });
        var steps = new List<long>();
        bool isOver = false;
        for (int connection = 0; !isOver; connection++)
        {
            // Each connection but the last is cut after some events, in the middle of the stream.
            int most = connection < Cuts ? 1 + (connection * 37) : int.MaxValue;
            await foreach (SseItem<string> item in OpenAsync(run.Id, steps.Count > 0 ? steps[^1] : null))
            {
                if (item.EventType == "state")
                {
                    item.EventId.ShouldBeNull();
                    isOver = item.Data.Contains("\"completed\"", StringComparison.Ordinal);
                }
                else
                {
                    item.EventType.ShouldBe("metric");
                    steps.Add(long.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture));
                    item.Data.ShouldContain($"\"step\":{item.EventId},");
                }

                if (--most == 0)
                {
                    break;
                }
            }
        }

        steps.ShouldBe(Enumerable.Range(1, 4000).Select(step => 10L * step));
    }

    [Fact]
    public async Task The_stream_begins_with_the_time_to_wait_and_ends_with_the_final_state()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(20));
        using HttpResponseMessage response = await api.Http.GetAsync($"/training-runs/{run.Id}/events");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        string text = await response.Content.ReadAsStringAsync();
        text.ShouldStartWith("retry: 1000\n\n");
        text.Split("retry:").Length.ShouldBe(2);
        string[] events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[^1].ShouldStartWith("event: state\ndata: {");
        events[^1].ShouldContain("\"state\":\"completed\"");
        events.Count(item => item.StartsWith("event: metric\nid: ", StringComparison.Ordinal)).ShouldBe(20);

        // All of it is known: only the state is left to tell.
        string rest = string.Join('\n', await OpenAsync(run.Id, 20).Select(item => item.EventType).ToListAsync());
        rest.ShouldBe("state");
    }

    [Fact]
    public async Task A_client_that_never_reads_delays_nothing()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(60_000));
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1024 };
        await silent.ConnectAsync(IPAddress.Loopback, api.Address.Port);
        await silent.SendAsync(Encoding.ASCII.GetBytes($"GET /training-runs/{run.Id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        (List<TrainingMetric> metrics, TrainingRunPage end) = await api.Api.FinishAsync(run.Id);
        end.State.ShouldBe(TrainingRunState.Completed);
        metrics.Select(metric => metric.Step).ShouldBe(Enumerable.Range(1, 60_000).Select(step => (long)step));
    }

    [Fact]
    public async Task A_request_for_the_headers_alone_ends_at_once()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.LongRequest());
        using HttpResponseMessage response = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/training-runs/{run.Id}/events"))
            .WaitAsync(TimeSpan.FromSeconds(30));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await api.Api.DeleteTrainingRunAsync(run.Id);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task An_id_that_is_no_step_is_refused(string id)
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.XorRequest(5));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/training-runs/{run.Id}/events") { Headers = { { "Last-Event-ID", id } } };
        (await (await api.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt("Last-Event-ID").ShouldContain("a step");
    }

    [Fact]
    public async Task A_watched_run_that_is_deleted_ends_the_stream()
    {
        TrainingRunPage run = await api.Api.StartTrainingRunAsync(Training.LongRequest());
        await api.Api.UntilAsync(run.Id, now => now.Step > 0);
        Task<List<SseItem<string>>> watching = OpenAsync(run.Id, null).ToListAsync().AsTask();
        await api.Api.DeleteTrainingRunAsync(run.Id);
        await watching.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async IAsyncEnumerable<SseItem<string>> OpenAsync(string id, long? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/training-runs/{id}/events");
        if (last is { } step)
        {
            request.Headers.Add("Last-Event-ID", step.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using HttpResponseMessage response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        long began = Stopwatch.GetTimestamp();
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(4));
            yield return item;
        }
    }
}
