using System.Globalization;
using System.Text;

namespace Backprop.Hostile.Tests.Clients;

/// <summary>A response as read.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers; the last of those with the same name.</param>
/// <param name="Body">The body as sent.</param>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The wait that the service requests, or null.</summary>
    public TimeSpan? RetryAfter =>
        Headers.TryGetValue("Retry-After", out string? seconds) && double.TryParse(seconds, CultureInfo.InvariantCulture, out double number)
            ? TimeSpan.FromSeconds(number)
            : null;

    /// <summary>True if the server will close the connection.</summary>
    public bool Closes => Headers.TryGetValue("Connection", out string? connection) && connection.Equals("close", StringComparison.OrdinalIgnoreCase);
}
