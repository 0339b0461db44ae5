using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>The media type of ONNX files.</summary>
internal static class OnnxMediaType
{
    /// <summary>The media type.</summary>
    public const string Name = "application/onnx";

    /// <summary>Whether a body is declared as an ONNX model.</summary>
    /// <param name="request">The request.</param>
    public static bool IsOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
