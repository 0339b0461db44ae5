using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>A body that is an ONNX model, as it is.</summary>
public static class OnnxMediaType
{
    /// <summary>The media type.</summary>
    public const string Name = "application/onnx";

    /// <summary>True where a body says that it is a model.</summary>
    /// <param name="request">The request.</param>
    public static bool IsOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
