using System.Net;
using System.Net.Sockets;
using System.Text;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Limits.Admission;
using Backprop.Api.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Limits;

/// <summary>Who holds a permit: only requests that compute, and only while they do.</summary>
public sealed class PermitTests(OnePermitFixture api) : IClassFixture<OnePermitFixture>
{
    private const string Gradient = """{"expression":"d = a*b; e = d + c; L = e^2","inputs":{"a":2,"b":-3,"c":10}}""";

    [Fact]
    public async Task Bodies_that_arrive_slowly_hold_no_permit()
    {
        List<Socket> slow = [];
        for (int i = 0; i < 8; i++)
        {
            slow.Add(await SendAsync("POST /gradients HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"expression\":"));
        }

        await Task.Delay(100);
        await GradientAsync();
        slow.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Responses_that_are_not_read_hold_no_permit()
    {
        const string Body = """{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Expand","inputs":["x","s"]}],"constants":[{"name":"s","value":{"shape":[1],"dtype":"int64","data":[3000000]}}],"outputs":["y"]},"inputs":{"x":0.1234567891234}}""";
        List<Socket> silent = [];
        for (int i = 0; i < 3; i++)
        {
            silent.Add(await SendAsync($"POST /evaluations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
            await silent[i].ReceiveAsync(new byte[1]);
        }

        await GradientAsync();
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Waiting_for_the_database_holds_no_permit()
    {
        await using var blocker = new SqliteConnection(api.Services.GetRequiredService<IConfiguration>().GetConnectionString("Backprop"));
        await blocker.OpenAsync();
        await using (SqliteCommand begin = blocker.CreateCommand())
        {
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
        }

        // A request of another test may still hold the permit: only one that is not answered at once waits for the database.
        Task<HttpResponseMessage> registration;
        do
        {
            registration = PostAsync("/graphs", """{"expression":"y = x + 0.25"}""");
            await Task.WhenAny(registration, Task.Delay(1000));
        }
        while (registration.IsCompleted);
        await GradientAsync();
        registration.IsCompleted.ShouldBeFalse();
        await using (SqliteCommand end = blocker.CreateCommand())
        {
            end.CommandText = "ROLLBACK";
            await end.ExecuteNonQueryAsync();
        }

        (await registration).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Every_route_that_computes_needs_a_permit()
    {
        (await PostAsync("/graphs", """{"expression":"d = a*b; e = d + c; L = e^2","alias":"squared-sum"}""")).EnsureSuccessStatusCode();
        await IdleAsync();
        RouteEndpoint[] routes = [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<ComputeRoute>() is not null)];
        routes.Length.ShouldBeGreaterThan(20);
        using ComputeLease first = await HeldAsync("x");
        await Task.Delay(1100);
        using ComputeLease second = await HeldAsync("y");
        List<string> passed = [];
        foreach (RouteEndpoint route in routes)
        {
            string method = route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0];
            string path = route.RoutePattern.RawText!.Replace("{id}", "squared-sum").Replace("{name}", "squared-sum");
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method != "GET")
            {
                request.Content = new StringContent("""{"name":"squared-sum"}""", Encoding.UTF8, "application/json");
            }

            if (await api.Http.SendAsync(request) is { StatusCode: not HttpStatusCode.TooManyRequests } response)
            {
                passed.Add($"{method} {path}: {(int)response.StatusCode}");
            }
        }

        passed.ShouldBeEmpty();
    }

    // The holder of the only permit may still be computing, but for less than the patience here.
    private async Task GradientAsync()
    {
        for (int i = 0; i < 100; i++)
        {
            if ((await PostAsync("/gradients", Gradient)).StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(100);
        }

        (await PostAsync("/gradients", Gradient)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<ComputeLease> HeldAsync(string client) =>
        (await api.Services.GetRequiredService<ComputeLimiter>().AcquireAsync(client, CancellationToken.None)).Lease.ShouldNotBeNull();

    private async Task IdleAsync()
    {
        var limiter = api.Services.GetRequiredService<ComputeLimiter>();
        for (int i = 0; i < 500; i++)
        {
            await Task.Delay(20);
            if (limiter.Running == 0)
            {
                return;
            }
        }

        limiter.Running.ShouldBe(0);
    }

    private Task<HttpResponseMessage> PostAsync(string route, string body) => api.Http.PostAsync(route, Probes.Json(body));

    private async Task<Socket> SendAsync(string text)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, api.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return socket;
    }
}
