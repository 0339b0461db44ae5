using System.Diagnostics;
using System.Net.Sockets;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Hosting;

/// <summary>A client that sends or reads slowly is disconnected, however much there is to send or read.</summary>
public sealed class DataRateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string, string) Seconds = ("Limits:TransferSeconds", "4");

    [Theory]
    [InlineData("Content-Length: 10000000\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "12C\r\n", "\r\n")]
    public async Task A_slow_body_ends_in_408(string head, string before, string after = "")
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, Seconds);
        using RawConnection connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync($"POST /read HTTP/1.1\r\nHost: x\r\n{head}");
        Task<string> answer = connection.ReadToEndAsync(Patience);
        long start = Stopwatch.GetTimestamp();

        // 300 bytes per second; the server's own minimum is 240.
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(start) < Patience)
        {
            await TrySendAsync(connection, before + new string(' ', 300) + after);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        (await answer).ShouldStartWith("HTTP/1.1 408 ");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("/announced")]
    public async Task A_large_answer_that_is_not_read_ends(string path)
    {
        var ended = new TaskCompletionSource();
        await using ProbeApp app = await ProbeApp.StartAsync(routes => MapAnswer(routes, path, ended), null, Seconds);
        using RawConnection connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        long start = Stopwatch.GetTimestamp();
        await ended.Task.WaitAsync(Patience);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task There_are_so_many_connections_and_no_more()
    {
        await using ProbeApp app = await ProbeApp.StartAsync(Map, null, ("Limits:Connections", "2"));
        using RawConnection first = await RawConnection.OpenAsync(app.Http.BaseAddress!), second = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await first.SendAsync("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
        await second.SendAsync("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
        (await first.Stream.ReadAsync(new byte[100])).ShouldBeGreaterThan(0);
        (await second.Stream.ReadAsync(new byte[100])).ShouldBeGreaterThan(0);
        using RawConnection third = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await TrySendAsync(third, "GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
        (await third.ReadToEndAsync(Patience)).ShouldBeEmpty();
    }

    private static async Task TrySendAsync(RawConnection connection, string text)
    {
        try
        {
            await connection.SendAsync(text);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server has closed the connection; what it sent before is read elsewhere.
        }
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/read", async (HttpContext context) =>
        {
            using PooledBody body = await PooledBody.ReadAsync(context.Request);
            return body.Memory.Length;
        }).WithBodySize(BodySize.Large);
        routes.MapGet("/open", () => TypedResults.Ok());
    }

    private static void MapAnswer(IEndpointRouteBuilder routes, string path, TaskCompletionSource ended) => routes.MapGet(path, async context =>
    {
        const int Bytes = 200_000_000;
        DataRates.Expect(context, Bytes);

        // Writes after the connection has ended are dropped without an exception.
        context.RequestAborted.Register(() => ended.TrySetResult());
        try
        {
            var part = new byte[1 << 20];
            for (int written = 0; written < Bytes; written += part.Length)
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            ended.TrySetResult();
        }
    });
}
