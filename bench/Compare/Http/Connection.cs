using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Backprop.Compare.Http;

/// <summary>
/// A connection that repeats one request. Answers are read into the same memory and not parsed: a client's work is not the server's time, and a large
/// answer in fresh memory would take this process longer than the server.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int FirstBytes = 1 << 20;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] request;
    private readonly string server;
    private byte[] answer = new byte[FirstBytes];

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="body">The request.</param>
    public Connection(Server server, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string head = $"POST {server.Address.PathAndQuery} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        request = [.. Encoding.ASCII.GetBytes(head), .. bytes];
        this.server = server.Name;
        socket.Connect(server.Address.Host, server.Address.Port);
    }

    /// <summary>Sends the request, and reads the answer to its end.</summary>
    /// <exception cref="InvalidDataException">The answer is an error or incomplete.</exception>
    public void Ask()
    {
        for (int sent = 0; sent < request.Length;)
        {
            sent += socket.Send(request.AsSpan(sent));
        }

        int head = -1, length = 0;
        for (; head < 0; head = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8))
        {
            length = Receive(length);
        }

        string headers = Encoding.ASCII.GetString(answer, 0, head + 2);
        if (!headers.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{server}: {headers}");
        }

        int? stated = Stated(headers);
        while (stated is { } count ? length < head + 4 + count : !answer.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8))
        {
            length = Receive(length);
        }
    }

    public void Dispose() => socket.Dispose();

    private int Receive(int length)
    {
        if (length == answer.Length)
        {
            Array.Resize(ref answer, 2 * length);
        }

        int received = socket.Receive(answer.AsSpan(length));
        return received > 0 ? length + received : throw new InvalidDataException($"{server} closed the connection");
    }

    // The length of the body; null if it is chunked, with an end that JSON cannot contain.
    private static int? Stated(string headers)
    {
        const string Name = "\r\nContent-Length: ";
        int at = headers.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        at += Name.Length;
        return int.Parse(headers.AsSpan(at, headers.IndexOf('\r', at) - at), CultureInfo.InvariantCulture);
    }
}
