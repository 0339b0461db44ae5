using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Backprop.Api.Platform.Hosting;

/// <summary>
/// Behind proxies: <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> say who the client is, and hold only where a known proxy
/// sent them. A chain of proxies is followed back to the first address that is none of them.
/// </summary>
public static class ForwardedHeadersSetup
{
    /// <summary>The configuration key of the addresses of proxies.</summary>
    public const string Proxies = "ForwardedHeaders:KnownProxies";

    /// <summary>The configuration key of their networks, such as <c>10.0.0.0/8</c>.</summary>
    public const string Networks = "ForwardedHeaders:KnownNetworks";

    /// <summary>
    /// Reads the known proxies: whatever turned forwarding on, be it <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, these alone are believed.
    /// </summary>
    /// <param name="builder">The application being built.</param>
    /// <exception cref="FormatException">What is configured is no address or no network.</exception>
    public static WebApplicationBuilder AddForwarding(this WebApplicationBuilder builder)
    {
        IPAddress[] proxies = [.. Read(builder.Configuration, Proxies, "an IP address",
            static (string text, out IPAddress? address) => IPAddress.TryParse(text, out address))];
        System.Net.IPNetwork[] networks = [.. Read(builder.Configuration, Networks, "a network such as 10.0.0.0/8",
            static (string text, out System.Net.IPNetwork network) => System.Net.IPNetwork.TryParse(text, out network))];
        builder.Services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            Array.ForEach(proxies, options.KnownProxies.Add);
            Array.ForEach(networks, options.KnownIPNetworks.Add);
            options.ForwardLimit = null;

            // Without any known proxy the framework would believe everyone.
            options.ForwardedHeaders = proxies.Length + networks.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        });
        return builder;
    }

    /// <summary>Takes the client's address from known proxies; without any, requests are left as they are.</summary>
    /// <param name="app">The application, before anything that asks who the client is.</param>
    public static WebApplication UseForwarding(this WebApplication app)
    {
        if (app.Configuration.Texts(Proxies).Length + app.Configuration.Texts(Networks).Length > 0)
            app.UseForwardedHeaders();
        return app;
    }

    private delegate bool Parser<T>(string text, out T? value);

    private static IEnumerable<T> Read<T>(IConfiguration configuration, string key, string expected, Parser<T> parse)
    {
        foreach (string text in configuration.Texts(key))
            yield return parse(text, out T? value) ? value! : throw new FormatException($"{key} has '{text}', which is not {expected}.");
    }
}
