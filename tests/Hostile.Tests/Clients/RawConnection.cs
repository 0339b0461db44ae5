using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Backprop.Hostile.Tests.Clients;

/// <summary>One HTTP/1.1 connection that sends raw bytes and waits for the answer on the calling thread.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _stream;

    public RawConnection(IPEndPoint service, IPAddress source, TimeSpan patience)
    {
        _socket = SourceClient.Open(source);
        _socket.SendTimeout = _socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
        _socket.Connect(service);
        _stream = new BufferedStream(new NetworkStream(_socket), 16 << 10);
    }

    /// <summary>The bytes of a request with a JSON body.</summary>
    public static byte[] Post(string path, string body)
    {
        string headers = $"Host: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\n{headers}\r\n{body}");
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Whether an answer begins, or the connection ends, within a time.</summary>
    public bool HasAnswer(TimeSpan time) => _socket.Poll(time, SelectMode.SelectRead);

    /// <summary>Reads the next response.</summary>
    /// <param name="hasBody">False for the answer to HEAD.</param>
    /// <exception cref="IOException">The connection was closed or reset, or nothing arrived in time.</exception>
    public RawResponse Receive(bool hasBody = true)
    {
        string status = ReadLine();
        int code = int.Parse(status.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (string line = ReadLine(); line.Length > 0; line = ReadLine())
        {
            int colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        if (code == 100)
        {
            return Receive(hasBody);
        }

        byte[] body = !hasBody || code is 204 or 304 ? [] : ReadBody(headers);
        return new RawResponse(code, headers, body);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private byte[] ReadBody(Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Content-Length", out string? length))
        {
            return ReadBytes(int.Parse(length, CultureInfo.InvariantCulture));
        }

        var body = new MemoryStream();
        if (headers.ContainsKey("Transfer-Encoding"))
        {
            for (int size = ReadSize(); size > 0; size = ReadSize())
            {
                body.Write(ReadBytes(size));
                ReadLine();
            }

            ReadLine();
        }
        else
        {
            _stream.CopyTo(body);
        }

        return body.ToArray();
    }

    private int ReadSize() => int.Parse(ReadLine(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            int next = _stream.ReadByte();
            if (next < 0)
            {
                throw new EndOfStreamException("The connection was closed.");
            }

            if (next == '\n')
            {
                return line.ToString();
            }

            if (next != '\r')
            {
                line.Append((char)next);
            }
        }
    }
}
