using Backprop.Api.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>The media type of an answer that a request accepts.</summary>
internal static class TesseractAccept
{
    /// <summary>Arrays as numbers: the default.</summary>
    public const string Plain = "application/json";

    /// <summary>Arrays as base64.</summary>
    public const string Base64 = "application/json+base64";

    /// <summary>The media type of the answer.</summary>
    /// <exception cref="ProblemException">None of the accepted media types is supported (406).</exception>
    public static string Of(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return Plain;
        }

        foreach (MediaTypeHeaderValue type in accepted.OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MediaType.Equals(Base64, StringComparison.OrdinalIgnoreCase))
            {
                return Base64;
            }

            if (type.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase) || type.MatchesAllTypes
                || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
            {
                return Plain;
            }
        }

        throw new ProblemException(StatusCodes.Status406NotAcceptable, "", $"Accept must allow {Plain} or {Base64}.");
    }
}
