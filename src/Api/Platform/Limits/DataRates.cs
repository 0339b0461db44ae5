using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// Minimum data rates for request bodies and responses. The server's fixed rates apply to small ones; a large one must be transferred within
/// <c>Limits:TransferSeconds</c>, whatever its size. After that the connection is closed, with 408 if a body was late. (With HTTP/2, whose streams
/// share a connection, only the fixed rates apply.)
/// </summary>
internal static class DataRates
{
    /// <summary>The minimum rate of a request body.</summary>
    public static readonly MinDataRate SlowestBody = new(240, TimeSpan.FromSeconds(5));

    /// <summary>The minimum rate of a response.</summary>
    public static readonly MinDataRate SlowestAnswer = new(32 << 10, TimeSpan.FromSeconds(10));

    /// <summary>Sets the minimum rate of each body from its length; a body without a stated length has the full time.</summary>
    /// <param name="app">The application, after routing, which determines the maximum size of a body.</param>
    public static WebApplication UseDataRates(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<BackpropLimits>>();
        app.Use((context, next) =>
        {
            if (RateOf(context, limits.Value) is { } rate && IsHttp1(context)
                && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } feature)
            {
                feature.MinDataRate = rate;
            }

            return next(context);
        });
        return app;
    }

    /// <summary>Sets the rate for a large response from its minimum length, before it is written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">The length.</param>
    public static void Expect(HttpContext context, long bytes)
    {
        double seconds = context.RequestServices.GetRequiredService<IOptions<BackpropLimits>>().Value.TransferSeconds;
        double rate = bytes / seconds;
        if (rate > SlowestAnswer.BytesPerSecond && IsHttp1(context) && context.Features.Get<IHttpMinResponseDataRateFeature>() is { } feature)
        {
            feature.MinDataRate = new MinDataRate(rate, SlowestAnswer.GracePeriod);
        }
    }

    // Most bodies are so small that the server's own rate suffices.
    private static MinDataRate? RateOf(HttpContext context, BackpropLimits limits)
    {
        if (context.Request.ContentLength is { } length)
        {
            double rate = length / limits.TransferSeconds;
            return rate > SlowestBody.BytesPerSecond ? new MinDataRate(rate, SlowestBody.GracePeriod) : null;
        }

        if (context.Request.Headers.TransferEncoding.Count == 0)
        {
            return null;
        }

        long most = (context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() ?? BodyLimit.Of(BodySize.Short, limits)).Bytes;
        return new MinDataRate(Math.Max(SlowestBody.BytesPerSecond, most / limits.TransferSeconds), TimeSpan.FromSeconds(limits.TransferSeconds));
    }

    private static bool IsHttp1(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol);
}
