using System.Net;
using System.Text;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>How texts of the protocol travel: as HTML with entities unless something else is asked for.</summary>
internal static class OpenTdbEncoder
{
    /// <summary>The encoding of a name; names that are none are the default, as clients send some for it.</summary>
    public static Func<string, string> Of(string? name) => name switch
    {
        "urlLegacy" => WebUtility.UrlEncode,
        "url3986" => Uri.EscapeDataString,
        "base64" => static text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        _ => WebUtility.HtmlEncode,
    };
}
