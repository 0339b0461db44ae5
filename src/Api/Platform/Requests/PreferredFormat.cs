using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Whether a client would rather have an answer in another form than JSON.</summary>
internal static class PreferredFormat
{
    /// <summary>The media type of pictures.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>True where <c>Accept</c> names a media type with a quality that JSON does not reach; JSON is the answer to all else.</summary>
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
