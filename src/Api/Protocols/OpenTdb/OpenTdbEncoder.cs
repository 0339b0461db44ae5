using System.Net;
using System.Text;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>Encodes the texts of the protocol: as HTML with entities unless another encoding is requested.</summary>
internal static class OpenTdbEncoder
{
    /// <summary>The encoding of a name; unknown names mean the default, since some clients send them.</summary>
    public static Func<string, string> Of(string? name) => name switch
    {
        "urlLegacy" => WebUtility.UrlEncode,
        "url3986" => Uri.EscapeDataString,
        "base64" => static text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        _ => WebUtility.HtmlEncode,
    };
}
