using System.Net.Sockets;
using System.Text;

namespace Backprop.Api.Tests.Hosting;

/// <summary>A connection on which a test sends raw bytes.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new() { ReceiveBufferSize = 4096 };

    private RawConnection()
    {
    }

    public NetworkStream Stream => _client.GetStream();

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public async Task SendAsync(string text) => await Stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Everything received until the server closes or resets the connection.</summary>
    public async Task<string> ReadToEndAsync(TimeSpan patience)
    {
        using var stop = new CancellationTokenSource(patience);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await Stream.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Reset: what was received before counts.
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
