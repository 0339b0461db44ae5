using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

/// <summary>Keys, body limits and compute limits apply to the protocols too, with errors in their form.</summary>
public sealed class ProtocolGuardTests(ProtocolGuardTests.GuardedFixture api) : IClassFixture<ProtocolGuardTests.GuardedFixture>
{
    [Theory]
    [InlineData("/Evaluate")]
    [InlineData("/ModelInfo")]
    [InlineData("/tesseracts/x/apply")]
    public async Task A_key_is_asked_for(string route)
    {
        (int status, JsonNode answer) = await api.SendAsync(route, "{}");
        status.ShouldBe(401);
        Told(route, answer).ShouldContain("ApiKeys:Compute");
    }

    [Theory]
    [InlineData("/Evaluate")]
    [InlineData("/tesseracts/x/apply")]
    public async Task A_body_has_a_largest_size(string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(new string(' ', 5000)), Headers = { { "X-Api-Key", "c" } } };
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(413);
        Told(route, JsonNode.Parse(await response.Content.ReadAsStringAsync())!).ShouldContain("Limits:MaxBodyBytes");
    }

    [Theory]
    [InlineData("/Evaluate", """{"name":"cubed","input":[[1,2,3,4]],"config":{"shapes":{"x":[4]}}}""", 400)]
    [InlineData("/tesseracts/cubed/apply", """{"inputs":{"x":[1,2,3,4]}}""", 422)]
    public async Task Computing_has_limits(string route, string body, int expected)
    {
        using var registration = new HttpRequestMessage(HttpMethod.Post, "/graphs") { Content = Probes.Json("""{"expression":"y = exp(x)","alias":"cubed"}"""), Headers = { { "X-Api-Key", "c" } } };
        (await api.Http.SendAsync(registration)).IsSuccessStatusCode.ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(body), Headers = { { "X-Api-Key", "c" } } };
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(expected);
        Told(route, JsonNode.Parse(await response.Content.ReadAsStringAsync())!).ShouldContain("Limits:MaxAnswerElements");
    }

    private static string Told(string route, JsonNode answer) => route[1] == 't'
        ? answer["detail"] is JsonArray faults ? (string)faults[0]!["msg"]! : (string)answer["detail"]!
        : (string)answer["error"]!["message"]!;

    public sealed class GuardedFixture : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("ApiKeys:Compute", "c");
            builder.UseSetting("Limits:MaxBodyBytes", "4096");
            builder.UseSetting("Limits:MaxAnswerElements", "3");
        }
    }
}
