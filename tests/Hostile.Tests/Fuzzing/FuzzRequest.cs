using System.Text;

namespace Backprop.Hostile.Tests.Fuzzing;

/// <summary>A request as sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The path and query.</param>
/// <param name="Headers">The headers, in addition to Host and Content-Length.</param>
/// <param name="Body">The body, or null.</param>
internal sealed record FuzzRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    /// <summary>False if the message itself is malformed: the server may then close the connection.</summary>
    public bool IsFramed { get; init; } = true;

    /// <summary>True if the body is sent in chunks.</summary>
    public bool IsChunked { get; init; }

    public byte[] Bytes()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\n");
        foreach ((string name, string value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (Body is not null)
        {
            head.Append(IsChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {Body.Length}\r\n");
        }

        head.Append("\r\n");
        byte[] start = Encoding.Latin1.GetBytes(head.ToString());
        if (Body is null)
        {
            return start;
        }

        return IsChunked ? [.. start, .. Encoding.ASCII.GetBytes($"{Body.Length:x}\r\n"), .. Body, .. "\r\n0\r\n\r\n"u8] : [.. start, .. Body];
    }

    public override string ToString() =>
        $"{Method} {Target} [{string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))}] {(Body is null ? "" : Shown(Body))}";

    private static string Shown(byte[] body) => string.Concat(body.Take(300).Select(b => b is >= 32 and < 127 ? (char)b : '·'));
}
