using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Hosting;

/// <summary>Compresses answers except those known to fit one packet, which compression would only delay.</summary>
/// <param name="services">The services for creating providers.</param>
/// <param name="options">The offered encodings.</param>
internal sealed class LargeAnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private const int OnePacket = 1400;

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        !(context.Response.ContentLength < OnePacket) && base.ShouldCompressResponse(context);
}
