using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Compute_requests_past_the_limit_are_429_and_others_pass()
    {
        await using var app = await ProbeApp.StartAsync(
            Probes.Map, ProbeFixture.Register, ("Limits:Concurrency", "1"), ("Limits:QueueLength", "0"), ("Limits:Seconds", "30"));
        using var leaving = new CancellationTokenSource();
        var running = app.Http.PostAsync("/forever", Probes.Json("""{"name":"a"}"""), leaving.Token);

        var refused = await RefusalAsync(app.Http);
        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        problem["detail"]!.GetValue<string>().ShouldContain("Limits:Concurrency");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await app.Http.GetAsync("/large")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        (await AcceptanceAsync(app.Http)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // The first request takes its turn at some time after it was sent, and gives it back at some time after it was dropped.
    private static Task<HttpResponseMessage> RefusalAsync(HttpClient http) => UntilAsync(http, HttpStatusCode.TooManyRequests);

    private static Task<HttpResponseMessage> AcceptanceAsync(HttpClient http) => UntilAsync(http, HttpStatusCode.OK);

    private static async Task<HttpResponseMessage> UntilAsync(HttpClient http, HttpStatusCode status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var response = await http.GetAsync("/compute", patience.Token);
            if (response.StatusCode == status)
                return response;
            await Task.Delay(20, patience.Token);
        }
    }
}
