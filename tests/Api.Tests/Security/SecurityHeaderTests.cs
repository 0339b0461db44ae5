using System.Net;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Security;

/// <summary>Every answer restricts what a browser may do with it.</summary>
public sealed partial class SecurityHeaderTests(MappedRoutes api) : IClassFixture<MappedRoutes>
{
    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    [Fact]
    public async Task Every_route_has_them_whatever_it_answers()
    {
        var missing = new List<string>();
        foreach ((string method, string path, _) in api.All)
        {
            using HttpResponseMessage answer = await api.SendAsync(method, path, method == "GET" ? null : Probes.Json("{"));
            if (Header(answer, "X-Content-Type-Options") != "nosniff" || Header(answer, "Referrer-Policy") != "no-referrer"
                || Header(answer, "Cross-Origin-Resource-Policy") != "same-origin" || !Header(answer, "Content-Security-Policy").Contains("frame-ancestors 'none'"))
            {
                missing.Add($"{method} {path} {(int)answer.StatusCode}");
            }
        }

        missing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/nothing", null)]
    [InlineData("PUT", "/gradients", "{}")]
    [InlineData("POST", "/gradients", "{")]
    [InlineData("POST", "/gradients", """{"expression":"L = a","inputs":{"a":1}}""")]
    [InlineData("GET", "/models", null)]
    public async Task Data_may_do_nothing(string method, string path, string? body)
    {
        using HttpResponseMessage answer = await api.SendAsync(method, path, body is null ? null : Probes.Json(body));
        Header(answer, "Content-Security-Policy").ShouldBe(Data);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/diagrams", """{"expression":"L = a"}""")]
    [InlineData("/checkpoint-plans", """{"expression":"h = tanh(a); L = exp(h)","inputs":{"a":1}}""")]
    public async Task A_picture_stands_in_a_sandbox(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Probes.Json(body), Headers = { { "Accept", "image/svg+xml" } } };
        using HttpResponseMessage answer = await api.Http.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        string policy = Header(answer, "Content-Security-Policy");
        policy.ShouldContain("sandbox");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("script-src");
    }

    [Theory]
    [InlineData("/swagger/index.html")]
    [InlineData("/tesseracts/squared-sum/docs")]
    public async Task A_page_has_no_more_than_it_came_with(string path)
    {
        using HttpResponseMessage answer = await api.SendAsync("GET", path);
        string policy = Header(answer, "Content-Security-Policy"), page = await answer.Content.ReadAsStringAsync();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        InlineParts().Matches(page).Select(match => match.Value).ShouldBeEmpty("The policy would not let it run.");
    }

    [Fact]
    public async Task Over_tls_alone_browsers_are_told_to_stay_with_it()
    {
        await using ProbeApp app = await ProbeApp.StartAsync(routes => routes.MapGet("/", () => TypedResults.Ok()), null, ("ForwardedHeaders:KnownProxies", "127.0.0.1"));
        foreach (string scheme in (string[])["http", "https"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing")
            {
                Headers = { { "X-Forwarded-For", "203.0.113.1" }, { "X-Forwarded-Proto", scheme }, { "X-Forwarded-Host", "backprop.example" } },
            };
            using HttpResponseMessage answer = await app.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            answer.Headers.Contains("Strict-Transport-Security").ShouldBe(scheme == "https");
        }
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";

    [GeneratedRegex("""<style[\s>]|<script>|<script (?![^>]*src=)|\sstyle=|\son\w+=""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineParts();
}
