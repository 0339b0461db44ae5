using System.Net.Sockets;
using System.Text;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Misused connections, from one address.</summary>
/// <param name="number">Distinguishes the attack's addresses from others.</param>
internal abstract class ConnectionAttack(int number) : Attack(number)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Connections at a time.</summary>
    protected abstract int Connections { get; }

    /// <summary>The bytes that the kernel buffers of an unread answer; null for its default.</summary>
    protected virtual int? ReceiveBuffer => null;

    /// <summary>Uses a new connection until the server closes it or the attack ends.</summary>
    protected abstract Task UseAsync(Stream connection, CancellationToken end);

    /// <inheritdoc/>
    public override Task RunAsync(ServiceProcess service, CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => RepeatAsync(service, end), CancellationToken.None)));

    /// <summary>Reads until the server closes the connection, and records the status.</summary>
    protected async Task HearAsync(Stream connection, CancellationToken end)
    {
        var buffer = new byte[4096];
        int read = await connection.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, end);
        string text = Encoding.Latin1.GetString(buffer, 0, read);
        if (read < 12 || !int.TryParse(text.AsSpan(9, 3), out int status))
        {
            Interlocked.Increment(ref Unanswered);
        }
        else
        {
            Record(status, text.Contains("Retry-After", StringComparison.OrdinalIgnoreCase), text);
        }
    }

    private async Task RepeatAsync(ServiceProcess service, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using Socket socket = SourceClient.Open(Source());
                if (ReceiveBuffer is { } bytes)
                {
                    socket.ReceiveBufferSize = bytes;
                }

                await socket.ConnectAsync(service.Address, end);
                using var stream = new NetworkStream(socket);
                await UseAsync(stream, end);
                await Task.Delay(Pause, end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                Interlocked.Increment(ref Unanswered);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }
}
