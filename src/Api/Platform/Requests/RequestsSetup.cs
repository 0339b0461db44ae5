using System.Text.Encodings.Web;
using Backprop.Api.Platform.Limits;
using Backprop.Client;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.RequestDecompression;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Requests;

/// <summary>How JSON is read and written.</summary>
internal static class RequestsSetup
{
    /// <summary>The strict JSON options of the contract, for bodies and answers; values are limited while they are read.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropRequests(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<JsonOptions>().Configure<IOptions<BackpropLimits>>((json, limits) =>
        {
            BackpropJson.Apply(json.SerializerOptions, limits.Value.MaxElements);

            // Answers are JSON and never part of a page, so "·" and "×" need no escaping.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.Services.Configure<RequestDecompressionOptions>(Decompression.Configure);
        return builder;
    }
}
