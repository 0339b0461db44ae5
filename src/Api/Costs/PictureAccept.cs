using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Costs;

/// <summary>Whether a client would rather have a picture than JSON.</summary>
internal static class PictureAccept
{
    /// <summary>The media type of pictures.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>True where <c>Accept</c> names SVG with a quality that JSON does not reach; JSON is the answer to all else.</summary>
    public static bool PrefersSvg(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double svg = accepted.Where(type => type.MediaType.Equals(Svg, StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        double json = accepted.Where(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        return svg > json;
    }

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
