using Backprop.Api.Platform.Errors;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Demands that a body says it is JSON: <c>application/json</c> or <c>application/*+json</c>, in UTF-8 where a charset is named.</summary>
public static class JsonMediaType
{
    /// <summary>JSON.</summary>
    public const string Plain = "application/json";

    /// <summary>Types that say by their suffix that they are JSON.</summary>
    public const string Suffixed = "application/*+json";

    /// <summary>Refuses any other body with 415.</summary>
    /// <param name="request">The request.</param>
    public static void Demand(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsJson(type))
            throw new ProblemException(415, "", $"The body must be JSON (application/json), not '{request.ContentType}'.");
        var charset = type.Charset.ToString().Trim('"');
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(415, "", $"JSON travels in UTF-8, not in {charset}.");
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
