using System.Net;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Compute_requests_past_the_limit_are_429_and_others_pass()
    {
        await using var app = await ProbeApp.StartAsync(Map, null, ("Limits:Concurrency", "1"), ("Limits:QueueLength", "0"));
        using var leaving = new CancellationTokenSource();
        var running = app.Http.GetAsync("/held", leaving.Token);
        await _entered.Task.WaitAsync(Patience);

        var refused = await app.Http.GetAsync("/compute");
        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        problem["detail"]!.GetValue<string>().ShouldContain("Limits:Concurrency");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await app.Http.GetAsync("/open")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        await AcceptanceAsync(app.Http);
    }

    // The turn of a client that has left is freed a moment later.
    private static async Task AcceptanceAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(await http.GetAsync("/compute", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        var compute = routes.MapGroup("").RequireCompute();
        compute.MapGet("/compute", (RequestBudget _) => TypedResults.Ok());
        compute.MapGet("/held", async (RequestBudget budget) =>
        {
            _entered.SetResult();
            await Task.Delay(Timeout.Infinite, budget.Token);
        });
        routes.MapGet("/open", () => TypedResults.Ok());
    }
}
