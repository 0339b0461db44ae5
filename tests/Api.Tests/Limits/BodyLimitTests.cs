using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

/// <summary>No route reads more than the limit of its bodies.</summary>
public sealed class BodyLimitTests(MappedRoutes routes) : IClassFixture<MappedRoutes>
{
    private static readonly BackpropLimits Defaults = new();

    [Fact]
    public void Every_route_with_a_body_states_how_large_it_may_be()
    {
        routes.WithBodies.Count().ShouldBeGreaterThan(30);
        routes.WithBodies.Where(route => route.Endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not BodyLimit)
            .Select(route => $"{route.Method} {route.Path}").ShouldBeEmpty();
    }

    [Fact]
    public void Only_routes_that_take_graphs_or_many_questions_take_large_bodies()
    {
        string[] large = [.. routes.WithBodies
            .Where(route => route.Endpoint.Metadata.GetMetadata<BodyLimit>()!.Bytes == Defaults.MaxBodyBytes && route.Endpoint.Metadata.GetMetadata<ComputeRoute>() is null)
            .Select(route => $"{route.Method} {route.Path}")];
        large.ShouldBe(["POST /questions/import"]);
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/register")]
    [InlineData("/account/manage/info")]
    [InlineData("/quizzes")]
    [InlineData("/quizzes/x/answers")]
    [InlineData("/interviews")]
    [InlineData("/daily-question/answers")]
    [InlineData("/learners/me/reviews/x")]
    [InlineData("/questions")]
    public async Task A_body_that_is_too_large_for_its_route_is_413_and_names_the_limit(string path)
    {
        (string key, long most) = path == "/questions"
            ? ("Limits:MaxQuestionBytes", Defaults.MaxQuestionBytes)
            : ("Limits:MaxShortBodyBytes", Defaults.MaxShortBodyBytes);
        string text = $$"""{"{{(path == "/account/manage/info" ? "newPassword" : "email")}}":"{{new string('a', (int)most)}}"}""";
        foreach (HttpContent content in (HttpContent[])[Probes.Json(text), Compressed(text), Chunked(text)])
        {
            var problem = await (await routes.SendAsync("POST", path, content)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
            ((string?)problem["limit"]!["name"]).ShouldBe(key);
            ((double)problem["limit"]!["value"]!).ShouldBe(most);
        }
    }

    [Fact]
    public async Task A_graph_may_be_larger_than_that()
    {
        string ones = string.Join(',', Enumerable.Repeat("1", 1_000_000));
        HttpResponseMessage answer = await routes.SendAsync("POST", "/gradients", Probes.Json($$"""{"expression":"L = sum(x)","inputs":{"x":[{{ones}}]},"wrt":[]}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static ByteArrayContent Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return new ByteArrayContent(bytes.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
    }

    private static StreamContent Chunked(string text) =>
        new(new UnknownLength(System.Text.Encoding.UTF8.GetBytes(text))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
