using System.Net;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

public sealed class RequestShapeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("post", "/gradients")]
    [InlineData("Post", "/gradients")]
    [InlineData("get", "/models")]
    [InlineData("head", "/models")]
    [InlineData("delete", "/graphs/x")]
    public async Task Methods_are_case_sensitive(string method, string path)
    {
        using RawConnection connection = await RawConnection.OpenAsync(api.Address);
        await connection.SendAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        string answer = await connection.ReadToEndAsync(TimeSpan.FromSeconds(20));
        answer.ShouldStartWith("HTTP/1.1 405 ");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain(method.ToUpperInvariant());
    }

    [Theory]
    [InlineData("POST", "/nothing", "404")]
    [InlineData("PUT", "/gradients", "405")]
    [InlineData("POST", "/account/login", "413")]
    public async Task An_error_says_that_the_connection_ends_where_the_body_is_too_long_to_skip(string method, string path, string status)
    {
        using RawConnection connection = await RawConnection.OpenAsync(api.Address);
        await connection.SendAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
        string answer = await connection.ReadToEndAsync(TimeSpan.FromSeconds(20));
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("Connection: close");
    }

    [Theory]
    [InlineData(17_000)]
    [InlineData(40_000)]
    public async Task A_long_address_is_414_with_a_body(int length)
    {
        await (await api.Http.GetAsync("/" + new string('a', length))).ShouldBeProblemAsync(HttpStatusCode.RequestUriTooLong);
        await (await api.Http.GetAsync("/questions?q=" + new string('a', length))).ShouldBeProblemAsync(HttpStatusCode.RequestUriTooLong);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(200)]
    public async Task Many_headers_are_431_with_a_body(int count)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/models");
        for (int i = 0; i < count; i++)
        {
            request.Headers.Add($"X-{i}", "1");
        }

        await (await api.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }
}
