using Backprop.Api.Protocols.Tesseract;
using Backprop.Api.Protocols.UmBridge;

namespace Backprop.Api.Protocols;

/// <summary>The protocols of others by which registered graphs can be called.</summary>
public static class ProtocolsSetup
{
    /// <summary>Registers the adapters.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropProtocols(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RegisteredModels>();
        builder.Services.AddSingleton<UmBridgeService>();
        builder.Services.AddSingleton<TesseractService>();
        return builder;
    }
}
