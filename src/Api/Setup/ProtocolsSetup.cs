using Backprop.Api.Protocols;
using Backprop.Api.Protocols.Tesseract;
using Backprop.Api.Protocols.UmBridge;

namespace Backprop.Api.Setup;

/// <summary>External protocols for calling registered graphs.</summary>
internal static class ProtocolsSetup
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
