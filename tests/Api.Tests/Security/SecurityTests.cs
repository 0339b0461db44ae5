using System.Net;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Security;

public sealed class SecurityTests : IAsyncLifetime
{
    private ProbeApp _open = null!;
    private ProbeApp _keyed = null!;

    public async Task InitializeAsync()
    {
        _open = await ProbeApp.StartAsync(Probes.Map, ProbeFixture.Register);
        _keyed = await ProbeApp.StartAsync(
            Probes.Map, ProbeFixture.Register,
            ("ApiKeys:Compute", "c"), ("ApiKeys:Write", "w"), ("Cors:Origins", "https://one.example, https://two.example"));
    }

    public async Task DisposeAsync()
    {
        await _open.DisposeAsync();
        await _keyed.DisposeAsync();
    }

    [Fact]
    public async Task Without_keys_computing_is_open_and_writing_is_off()
    {
        (await _open.Http.GetAsync("/compute")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var problem = await (await _open.Http.DeleteAsync("/stored")).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        problem["detail"]!.GetValue<string>().ShouldContain("ApiKeys:Write");
    }

    [Theory]
    [InlineData("GET", "/compute", "c", HttpStatusCode.OK)]
    [InlineData("GET", "/compute", "w", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/compute", null, HttpStatusCode.Unauthorized)]
    [InlineData("DELETE", "/stored", "w", HttpStatusCode.NoContent)]
    [InlineData("DELETE", "/stored", "c", HttpStatusCode.Unauthorized)]
    [InlineData("DELETE", "/stored", null, HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/large", null, HttpStatusCode.OK)]
    public async Task A_route_takes_its_own_key_only(string method, string uri, string? key, HttpStatusCode status)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), uri);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        var response = await _keyed.Http.SendAsync(request);
        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.Unauthorized)
        {
            return;
        }

        await response.ShouldBeProblemAsync(status);
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("ApiKey");
    }

    [Theory]
    [InlineData("https://one.example", true)]
    [InlineData("https://two.example", true)]
    [InlineData("https://three.example", false)]
    public async Task A_preflight_needs_no_key_and_passes_for_configured_origins(string origin, bool allowed)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/compute")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "GET" }, { "Access-Control-Request-Headers", "x-api-key" } },
        };
        var response = await _keyed.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins).ShouldBe(allowed);
        if (allowed)
        {
            origins.ShouldBe([origin]);
        }
    }

    [Fact]
    public async Task Errors_can_be_read_across_origins()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/throw/fault") { Headers = { { "Origin", "https://one.example" } } };
        var response = await _keyed.Http.SendAsync(request);
        await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://one.example"]);
    }
}
