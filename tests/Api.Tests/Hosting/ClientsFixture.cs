using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Api.Tests.Hosting;

/// <summary>The service with a test's configuration, which can be called from any address.</summary>
public sealed class ClientsFixture(params (string Key, string Value)[] settings) : ApiFixture
{
    private const string Header = "X-Test-Client";

    /// <summary>Sends a request from an address.</summary>
    public async Task<HttpResponseMessage> SendAsync(string address, HttpMethod method, string uri, object? body = null, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        request.Headers.Add(Header, address);
        if (apiKey is not null)
        {
            request.Headers.Add("X-Api-Key", apiKey);
        }

        return await Http.SendAsync(request);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("RateLimits:QuizzesPerMinute", "0");
        foreach ((string key, string value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, Addresses>());
    }

    // What a network does for a server: it sets the address of each client.
    private sealed class Addresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (context.Request.Headers[Header].ToString() is { Length: > 0 } address)
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }

                return rest(context);
            });
            next(app);
        };
    }
}
