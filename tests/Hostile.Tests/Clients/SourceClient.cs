using System.Net;
using System.Net.Sockets;

namespace Backprop.Hostile.Tests.Clients;

/// <summary>HTTP from a chosen loopback address, since the service identifies clients by address.</summary>
internal static class SourceClient
{
    public static HttpClient Create(IPEndPoint service, IPAddress source)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync };
        return new HttpClient(handler) { BaseAddress = new Uri($"http://{service}"), Timeout = Timeout.InfiniteTimeSpan };

        async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            Socket socket = Open(source);
            try
            {
                await socket.ConnectAsync(service, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>A socket that is bound to a source address.</summary>
    public static Socket Open(IPAddress source)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(source, 0));
        return socket;
    }
}
