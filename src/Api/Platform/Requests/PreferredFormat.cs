using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Whether a client prefers another media type to JSON.</summary>
internal static class PreferredFormat
{
    /// <summary>The media type of SVG pictures.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>True if <c>Accept</c> gives the media type a higher quality than JSON; otherwise the answer is JSON.</summary>
    public static bool Is(string mediaType, HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double other = accepted.Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).Select(Quality)
            .DefaultIfEmpty(0).Max();
        double json = accepted.Where(type => type.MediaType.Equals(JsonMediaType.Plain, StringComparison.OrdinalIgnoreCase)).Select(Quality)
            .DefaultIfEmpty(0).Max();
        return other > json;
    }

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
