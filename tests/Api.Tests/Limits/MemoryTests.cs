using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Compute.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

/// <summary>The service with 64 MiB for all requests together.</summary>
public sealed class SmallMemoryFixture : ApiFixture
{
    public const long RequestBytes = 64 << 20;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Limits:MemoryBytes", $"{4 * RequestBytes}");
    }
}

public sealed class MemoryTests(SmallMemoryFixture api) : IClassFixture<SmallMemoryFixture>
{
    private MemoryBudget Budget => api.Services.GetRequiredService<MemoryBudget>();

    [Fact]
    public async Task A_request_that_needs_more_than_all_requests_may_hold_is_422_without_a_time_to_come_back()
    {
        HttpResponseMessage response = await api.Http.PostAsync("/evaluations", Probes.Json(Expanding(20_000_000)));
        JsonNode problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:MemoryBytes");
        response.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task While_others_hold_the_memory_the_answer_is_503_and_small_requests_pass()
    {
        using (Budget.Reserve(SmallMemoryFixture.RequestBytes - (1 << 20)))
        {
            HttpResponseMessage response = await api.Http.PostAsync("/evaluations", Probes.Json(Expanding(1_000_000)));
            await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
            (await api.Http.PostAsync("/gradients", Probes.Json("""{"expression":"L = a^2","inputs":{"a":3}}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await api.Http.PostAsync("/evaluations", Probes.Json(Expanding(1_000_000)))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/evaluations")]
    [InlineData("/gradients")]
    [InlineData("/graphs")]
    [InlineData("/step-costs")]
    public async Task Large_bodies_are_accounted_for_on_every_route(string route)
    {
        HttpResponseMessage response = await api.Http.PostAsync(route, Probes.Json($$"""{"expression":"L = a{{new string(' ', 12_000_000)}}"}"""));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_was_reserved_is_released_whatever_becomes_of_the_request()
    {
        string[] bodies = [Expanding(1_000_000), Expanding(20_000_000), "{", $"[{new string('1', 2_000_000)}", """{"expression":"L = a","inputs":{}}"""];
        foreach (string body in bodies)
        {
            await api.Http.PostAsync("/gradients", Probes.Json(body));
        }

        for (int i = 0; i < 100 && Budget.Reserved > 0; i++)
        {
            await Task.Delay(20);
        }

        Budget.Reserved.ShouldBe(0);
    }

    private static string Expanding(int elements) =>
        $$"""{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Expand","inputs":["x","s"]}],"constants":[{"name":"s","value":{"shape":[1],"dtype":"int64","data":[{{elements}}]} }],"outputs":["y"]},"inputs":{"x":1} }""";
}
