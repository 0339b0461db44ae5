using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Whether a client prefers another media type to JSON.</summary>
internal static class PreferredFormat
{
    /// <summary>The media type of SVG pictures.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The media type of plain text.</summary>
    public const string PlainText = "text/plain";

    /// <summary>The media type of Markdown (RFC 7763).</summary>
    public const string Markdown = "text/markdown";

    /// <summary>The media type of pages.</summary>
    public const string Html = "text/html";

    /// <summary>The media type that a client likes best of JSON and others.</summary>
    /// <param name="request">The request.</param>
    /// <param name="others">The others; of equally liked ones the first is taken.</param>
    public static string Of(HttpRequest request, params string[] others) => others.Where(other => Is(other, request))
        .MaxBy(other => Quality(request.GetTypedHeaders().Accept, other)) ?? JsonMediaType.Plain;

    /// <summary>
    /// True if <c>Accept</c> gives the media type a higher quality than JSON, or the same if only a range such as <c>*/*</c> includes JSON; otherwise
    /// the answer is JSON.
    /// </summary>
    public static bool Is(string mediaType, HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double other = Quality(accepted, mediaType) ?? 0;
        double? json = Quality(accepted, JsonMediaType.Plain);
        return json is { } named
            ? other > named
            : other > 0 && other >= (Quality(accepted, "application/*") ?? Quality(accepted, "*/*") ?? 0);
    }

    private static double? Quality(IList<MediaTypeHeaderValue> accepted, string mediaType) => accepted
        .Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        .Max(type => (double?)(type.Quality ?? 1));
}
