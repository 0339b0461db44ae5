using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Fuzzing;

/// <summary>Sends damaged requests one after another, over one connection while it lasts.</summary>
/// <param name="service">The service.</param>
/// <param name="number">The number of the worker.</param>
/// <param name="seeds">The valid requests.</param>
/// <param name="statuses">Counts the statuses.</param>
/// <param name="faults">Faults found.</param>
internal sealed class FuzzWorker(
    ServiceProcess service, int number, IReadOnlyList<FuzzRequest> seeds, StatusCounts statuses, ConcurrentQueue<string> faults)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Settings.IsLong ? 10 : 30);
    private static readonly string[] Protocol = ["/Evaluate", "/Gradient", "/ApplyJacobian", "/ApplyHessian"];
    private static readonly string[] Traces = ["   at Backprop", "   at System.", "   at Microsoft."];
    private readonly IPAddress _source = new([127, 4, 0, (byte)(1 + number)]);

    /// <summary>Sends the requests of some seeds.</summary>
    public void Run(IEnumerable<int> randomSeeds)
    {
        RawConnection? connection = null;
        foreach (int seed in randomSeeds)
        {
            var random = new Random(seed);
            FuzzRequest request = new RequestMutations(random).Apply(seeds[random.Next(seeds.Count)]);
            try
            {
                connection ??= new RawConnection(service.Address, _source, Patience);
                connection.Send(request.Bytes());
                RawResponse response = connection.Receive(request.Method != "HEAD");
                statuses.Add(response.Status);
                Check(seed, request, response);
                if (response.Closes || !request.IsFramed || response.Status is 400 or 413)
                {
                    (connection, _) = (null, Close(connection));
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or FormatException or ArgumentException)
            {
                if (request.IsFramed || IsTimeout(exception))
                {
                    faults.Enqueue($"seed {seed}: no answer: {exception.Message} for {request}");
                }

                (connection, _) = (null, Close(connection));
            }
        }

        connection?.Dispose();
    }

    // UM-Bridge requires 500 for a non-finite result.
    private static bool IsProtocol(FuzzRequest request) =>
        Protocol.Any(route => request.Target.StartsWith(route, StringComparison.OrdinalIgnoreCase));

    private static bool IsTimeout(Exception exception)
    {
        SocketError? error = (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode;
        return error is SocketError.TimedOut or SocketError.WouldBlock;
    }

    private static bool Close(RawConnection? connection)
    {
        connection?.Dispose();
        return true;
    }

    private void Check(int seed, FuzzRequest request, RawResponse response)
    {
        string text = Encoding.UTF8.GetString(response.Body, 0, Math.Min(response.Body.Length, 1 << 20));
        bool demanded = response.Status == 500 && IsProtocol(request) && text.Contains("InvalidOutput", StringComparison.Ordinal);
        if (response.Status >= 500 && !demanded && !(response.Status == 503 && response.RetryAfter is not null))
        {
            faults.Enqueue($"seed {seed}: {response.Status} {text[..Math.Min(text.Length, 300)]} for {request}");
        }

        if (Traces.Any(trace => text.Contains(trace, StringComparison.Ordinal)))
        {
            faults.Enqueue($"seed {seed}: a stack trace {text[..Math.Min(text.Length, 300)]} for {request}");
        }
    }
}
