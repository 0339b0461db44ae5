using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Backprop.Api.Platform.Hosting;

/// <summary>
/// Forwarded headers: <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> identify the client and are trusted only from known proxies. A chain of
/// proxies is followed back to the first address that is not one of them.
/// </summary>
internal static class ForwardedHeadersSetup
{
    /// <summary>The configuration key of the proxies' addresses.</summary>
    public const string Proxies = "ForwardedHeaders:KnownProxies";

    /// <summary>The configuration key of the proxies' networks, such as <c>10.0.0.0/8</c>.</summary>
    public const string Networks = "ForwardedHeaders:KnownNetworks";

    /// <summary>
    /// Reads the known proxies; only these are trusted, however forwarding was enabled (such as by <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>).
    /// </summary>
    /// <param name="builder">The application being built.</param>
    /// <exception cref="FormatException">A configured value is not a valid address or network.</exception>
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

            // Without any known proxy the framework would trust every sender.
            options.ForwardedHeaders = proxies.Length + networks.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        });
        return builder;
    }

    /// <summary>Takes the client's address from known proxies; without any, requests stay as they are.</summary>
    /// <param name="app">The application, before anything that uses the client's address.</param>
    public static WebApplication UseForwarding(this WebApplication app)
    {
        if (app.Configuration.Texts(Proxies).Length + app.Configuration.Texts(Networks).Length > 0)
        {
            app.UseForwardedHeaders();
        }

        return app;
    }

    private delegate bool Parser<T>(string text, out T? value);

    private static IEnumerable<T> Read<T>(IConfiguration configuration, string key, string expected, Parser<T> parse)
    {
        foreach (string text in configuration.Texts(key))
        {
            yield return parse(text, out T? value) ? value! : throw new FormatException($"{key} must contain {expected}; got '{text}'.");
        }
    }
}
