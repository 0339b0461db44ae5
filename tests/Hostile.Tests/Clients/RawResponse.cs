using System.Globalization;
using System.Text;

namespace Backprop.Hostile.Tests.Clients;

/// <summary>A response as it was read.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers; the last of those with one name.</param>
/// <param name="Body">The body, as it was sent.</param>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The wait that the service asks for, or null.</summary>
    public TimeSpan? RetryAfter =>
        Headers.TryGetValue("Retry-After", out string? seconds) && double.TryParse(seconds, CultureInfo.InvariantCulture, out double number)
            ? TimeSpan.FromSeconds(number)
            : null;

    /// <summary>True where the server will close the connection.</summary>
    public bool Closes => Headers.TryGetValue("Connection", out string? connection) && connection.Equals("close", StringComparison.OrdinalIgnoreCase);
}
