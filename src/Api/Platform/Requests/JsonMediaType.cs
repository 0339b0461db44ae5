using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.Http.Metadata;
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
            throw new ProblemException(415, "", Refusal(request, request.HttpContext.GetEndpoint()));
        }

        var charset = type.Charset.ToString().Trim('"');
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(415, "", $"The charset of JSON must be UTF-8; got {charset}.");
        }
    }

    /// <summary>Why a body of another media type is rejected, and how the route takes an ONNX file, if it does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="route">Its route.</param>
    public static string Refusal(HttpRequest request, Endpoint? route)
    {
        string type = request.ContentType is { Length: > 0 } stated ? $"'{stated}'" : "without a Content-Type";
        IAcceptsMetadata? accepted = route?.Metadata.GetMetadata<IAcceptsMetadata>();
        string file = accepted?.ContentTypes.Contains(OnnxMediaType.Name) == true
            ? $" An ONNX file is sent as it is, with Content-Type: {OnnxMediaType.Name} (curl: -H and --data-binary @model.onnx)."
            : accepted?.RequestType?.GetProperty("Onnx") is null ? string.Empty
            : $" An ONNX file is registered first, with POST /graphs and Content-Type: {OnnxMediaType.Name}, and then named by graphId; "
                + "or it is sent in base64, as the member onnx.";
        return $"The body must be JSON (application/json), not {type}.{(IsForm(request) ? " curl sends JSON with --json." : "")}{file}";
    }

    private static bool IsForm(HttpRequest request) => request.ContentType?.StartsWith("application/x-www-form-urlencoded",
        StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
