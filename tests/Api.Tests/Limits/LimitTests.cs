using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Tests.Hosting;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

public sealed class LimitTests(ProbeFixture probe) : IClassFixture<ProbeFixture>
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_read(string encoding)
    {
        var response = await probe.Http.PostAsync("/probe", Compressed("""{"name":"a"}""", encoding));
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"name":"a"}""");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_inflates_beyond_the_limit_is_413(string encoding)
    {
        var bomb = Compressed($$"""{"name":"{{new string('a', 5_000_000)}}"}""", encoding);
        var response = await probe.Http.PostAsync("/probe", bomb);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:MaxBodyBytes");
        problem["limit"]!["value"]!.GetValue<double>().ShouldBe(ProbeFixture.MaxBodyBytes);
    }

    [Fact]
    public async Task A_body_whose_length_is_beyond_the_limit_is_413_and_says_what_was_asked()
    {
        var response = await probe.Http.PostAsync("/probe", Probes.Json($$"""{"name":"{{new string('a', 200_000)}}"}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        problem.ErrorAt("").ShouldContain("200011 bytes");
    }

    [Fact]
    public async Task A_chunked_body_beyond_the_limit_is_413()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/probe") { Content = Probes.Json($$"""{"name":"{{new string('a', 200_000)}}"}""") };
        request.Headers.TransferEncodingChunked = true;
        await (await probe.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_large_body_within_the_limit_is_read()
    {
        var name = new string('a', ProbeFixture.MaxBodyBytes - 100);
        var response = await probe.Http.PostAsync("/probe", Probes.Json($$"""{"name":"{{name}}"}"""));
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["name"]!.GetValue<string>().ShouldBe(name);
    }

    [Fact]
    public async Task A_body_that_is_not_compressed_as_it_says_is_400()
    {
        var content = Probes.Json("""{"name":"a"}""");
        content.Headers.ContentEncoding.Add("gzip");
        await (await probe.Http.PostAsync("/probe", content)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_unknown_compression_is_415_and_names_the_known_ones()
    {
        var content = Probes.Json("""{"name":"a"}""");
        content.Headers.ContentEncoding.Add("zstd");
        var response = await probe.Http.PostAsync("/probe", content);
        await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
        response.Headers.GetValues("Accept-Encoding").ShouldHaveSingleItem().ShouldBe("gzip, br, deflate");
    }

    [Fact]
    public async Task Computing_longer_than_allowed_is_422_and_names_the_limit()
    {
        var response = await probe.Http.PostAsync("/forever", Probes.Json("""{"name":"a"}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:Seconds");
        problem["limit"]!["value"]!.GetValue<double>().ShouldBe(0.3);
    }

    [Theory]
    [InlineData("/large", "br", "application/json")]
    [InlineData("/large", "gzip", "application/json")]
    [InlineData("/largeProblem", "gzip", "application/problem+json")]
    public async Task Large_answers_are_compressed(string uri, string encoding, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { { "Accept-Encoding", encoding } } };
        var response = await probe.Http.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task Small_problems_are_not_compressed()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "Accept-Encoding", "gzip" } } };
        (await probe.Http.SendAsync(request)).Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MaxNodes", "0")]
    [InlineData("Seconds", "NaN")]
    [InlineData("Seconds", "-1")]
    [InlineData("Concurrency", "0")]
    [InlineData("MaxBodyBytes", "5000000000")]
    public async Task Limits_that_make_no_sense_stop_the_start(string key, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(ProbeApp.StartAsync(Probes.Map, null, ($"Limits:{key}", value)));
        failure.Message.ShouldMatch($"Limits:{key} must lie between .*; got {value}\\.");
    }

    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var limits = new BackpropLimits();
        limits.MaxNodes.ShouldBe(1_000_000);
        limits.MaxBodyBytes.ShouldBe(256 * 1024 * 1024);
        limits.MaxElements.ShouldBe(1L << 28);
        limits.MaxAnswerElements.ShouldBe(1L << 26);
        limits.Seconds.ShouldBe(60);
    }

    private static ByteArrayContent Compressed(string text, string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        return new ByteArrayContent(bytes.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", encoding } } };
    }
}
