using Backprop.Api.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Requires a JSON media type: <c>application/json</c> or <c>application/*+json</c>, in UTF-8 if a charset is named.</summary>
internal static class JsonMediaType
{
    /// <summary>JSON.</summary>
    public const string Plain = "application/json";

    /// <summary>Types with the suffix +json.</summary>
    public const string Suffixed = "application/*+json";

    /// <summary>Rejects any other body (415).</summary>
    /// <param name="request">The request.</param>
    public static void Demand(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsJson(type))
        {
            throw new ProblemException(415, "", $"The body must be JSON (application/json), not '{request.ContentType}'.");
        }

        var charset = type.Charset.ToString().Trim('"');
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(415, "", $"The charset of JSON must be UTF-8; got {charset}.");
        }
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
