using System.Net;
using Backprop.Api.Platform.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>The client's address is taken only from known proxies.</summary>
public sealed class ForwardingTests
{
    private static readonly (string, string) Known = ("ForwardedHeaders:KnownProxies", "127.0.0.1");
    private static readonly (string, string) Other = ("ForwardedHeaders:KnownProxies", "10.1.2.3,fd00::1");

    public static TheoryData<string, (string Key, string Value)[]> Unknown() => new()
    {
        { "no proxy is known", [] },
        { "another proxy is known", [Other] },
        { "the framework's own switch is on", [("FORWARDEDHEADERS_ENABLED", "true")] },
        { "the switch is on, and another proxy is known", [("FORWARDEDHEADERS_ENABLED", "true"), Other] },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task A_header_of_an_unknown_peer_changes_nothing(string name, (string Key, string Value)[] settings)
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, [.. settings, ("RateLimits:QuizzesPerMinute", "2")]);
        (await WhoAsync(app, "203.0.113.7")).ShouldBe("127.0.0.1 http", name);
        HttpStatusCode[] statuses = [.. await Task.WhenAll(Enumerable.Range(1, 3).Select(i => DrawAsync(app, $"203.0.113.{i}")))];
        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(1, name);
    }

    [Fact]
    public async Task Users_behind_a_known_proxy_have_a_bucket_each()
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, Known, ("RateLimits:QuizzesPerMinute", "1"));
        (await DrawAsync(app, "203.0.113.1")).ShouldBe(HttpStatusCode.OK);
        (await DrawAsync(app, "203.0.113.2")).ShouldBe(HttpStatusCode.OK);
        (await DrawAsync(app, "203.0.113.1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await DrawAsync(app, "2001:db8::1")).ShouldBe(HttpStatusCode.OK);
        (await DrawAsync(app, "2001:db8::2")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("203.0.113.9, 10.0.0.2, 10.0.0.1", "203.0.113.9")]
    [InlineData("198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9")]
    [InlineData("nonsense, 203.0.113.9", "203.0.113.9")]
    [InlineData("nonsense", "127.0.0.1")]
    public async Task A_chain_is_followed_to_the_first_address_that_is_no_proxy(string header, string client)
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, Known, ("ForwardedHeaders:KnownNetworks:0", "10.0.0.0/8"));
        (await WhoAsync(app, header)).ShouldStartWith($"{client} ");
    }

    [Fact]
    public async Task The_scheme_of_a_known_proxy_holds()
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, Known);
        (await WhoAsync(app, "203.0.113.9", "https")).ShouldBe("203.0.113.9 https");
    }

    [Theory]
    [InlineData("ForwardedHeaders:KnownProxies", "proxy.example")]
    [InlineData("ForwardedHeaders:KnownNetworks", "10.0.0.0/99")]
    public async Task What_is_no_address_stops_the_start(string key, string value)
    {
        Exception failure = await Should.ThrowAsync<FormatException>(ProbeApp.StartAsync(Map, null, (key, value)));
        failure.Message.ShouldContain(key);
        failure.Message.ShouldContain(value);
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/who", (HttpContext context) => $"{ClientAddress.Of(context)} {context.Request.Scheme}");
        routes.MapPost("/draw", () => TypedResults.Ok()).RequireDrawingRate();
    }

    private static async Task<string> WhoAsync(ProbeApp app, string forwarded, string? scheme = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who") { Headers = { { "X-Forwarded-For", forwarded } } };
        if (scheme is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
        }

        return await (await app.Http.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> DrawAsync(ProbeApp app, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/draw") { Headers = { { "X-Forwarded-For", forwarded } } };
        return (await app.Http.SendAsync(request)).StatusCode;
    }
}
