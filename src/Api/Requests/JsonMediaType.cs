using Backprop.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Requests;

/// <summary>Demands that a body says it is JSON: <c>application/json</c> or <c>application/*+json</c>, in UTF-8 where a charset is named.</summary>
public static class JsonMediaType
{
    private const string Encodings = "gzip, br, deflate";

    /// <summary>Refuses any other body with 415.</summary>
    /// <param name="request">The request.</param>
    public static void Demand(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsJson(type))
            throw new ProblemException(415, "", $"The body must be JSON (application/json), not '{request.ContentType}'.");
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(415, "", $"JSON travels in UTF-8, not in {type.Charset}.");

        // The decompressor takes away the header of every encoding that it knows.
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return;
        request.HttpContext.Response.Headers.AcceptEncoding = Encodings;
        throw new ProblemException(415, "", $"The body's encoding '{encoding}' is not known; known are {Encodings}.");
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
