using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Small valid requests, as many as the connections carry.</summary>
internal sealed class SmallRequests(int number) : Attack(number)
{
    private const int Connections = 8;

    /// <inheritdoc/>
    public override string Name => "small requests without end";

    /// <inheritdoc/>
    public override Task RunAsync(ServiceProcess service, CancellationToken end) => Task.WhenAll(Enumerable.Range(0, Connections)
        .Select(worker => Task.Factory.StartNew(() => Send(service, worker, end), TaskCreationOptions.LongRunning)));

    private void Send(ServiceProcess service, int worker, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var connection = new RawConnection(service.Address, Source(), TimeSpan.FromSeconds(10));
                for (int i = 0; !end.IsCancellationRequested; i++)
                {
                    string body = $$$"""{"expression":"L = (a*b + c)^2","inputs":{"a":{{{i}}},"b":{{{worker}}},"c":3}}""";
                    connection.Send(RawConnection.Post("/gradients", body));
                    RawResponse response = connection.Receive();
                    Record(response.Status, response.RetryAfter is not null, response.Text);
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                Interlocked.Increment(ref Unanswered);
                Thread.Sleep(10);
            }
        }
    }
}
