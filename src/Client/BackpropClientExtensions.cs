using System.Net;
using System.Text.Json.Serialization;
using Backprop.Client.Json;
using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Backprop.Client;

/// <summary>Registers the client in a service collection.</summary>
public static class BackpropClientExtensions
{
    /// <summary>Registers <see cref="IBackpropApi"/> with its own <see cref="HttpClient"/>, which decompresses gzip and br.</summary>
    /// <returns>The builder of that client, for handlers and resilience.</returns>
    public static IHttpClientBuilder AddBackpropClient(this IServiceCollection services, Action<BackpropClientOptions>? configure = null)
    {
        var options = new BackpropClientOptions();
        configure?.Invoke(options);

        // A response may have members that this version does not know yet.
        var json = BackpropJson.Create();
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        IHttpClientBuilder client = services
            .AddRefitGeneratedClient<IBackpropApi>(new RefitSettings(new SystemTextJsonContentSerializer(json), new EnumQueryNames()))
            .ConfigureHttpClient(http =>
            {
                http.BaseAddress = options.BaseAddress;
                if (options.ApiKey is not null)
                {
                    http.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
                }
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        return options.AccessToken is { } accessToken ? client.AddHttpMessageHandler(() => new AccessTokenHandler(accessToken)) : client;
    }
}
