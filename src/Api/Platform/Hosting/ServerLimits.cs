using Backprop.Api.Platform.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Hosting;

/// <summary>Limits on connections: how many there are, and how slow they may be.</summary>
internal static class ServerLimits
{
    /// <summary>Configures the server's limits.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddServerLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<BackpropLimits>>(static (server, limits) =>
        {
            server.Limits.MaxConcurrentConnections = limits.Value.Connections;

            // No route upgrades a connection, such as to a web socket.
            server.Limits.MaxConcurrentUpgradedConnections = 0;
            server.Limits.MinRequestBodyDataRate = DataRates.SlowestBody;
            server.Limits.MinResponseDataRate = DataRates.SlowestAnswer;
        });
        return builder;
    }
}
