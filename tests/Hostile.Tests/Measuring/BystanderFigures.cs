using System.Collections.Concurrent;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Measuring;

/// <summary>The results of a well-behaved client.</summary>
internal sealed class BystanderFigures
{
    public LatencyRecorder Latencies { get; } = new();

    public StatusCounts Statuses { get; } = new();

    /// <summary>Answers that must not occur: server errors, wrong numbers, no answer.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The number of retries after the requested wait, and of those that succeeded.</summary>
    public (int Count, int Admitted) Returns { get; private set; }

    public double P50 => Latencies.Percentile(0.5);

    public double P99 => Latencies.Percentile(0.99);

    /// <summary>The share of requests that succeeded at the first attempt.</summary>
    public double Served => Statuses.Total == 0 ? 0 : (double)(Statuses[200] - Returns.Admitted) / Math.Max(1, Statuses.Total - Returns.Count);

    public void Add(RawResponse response, bool returning)
    {
        Statuses.Add(response.Status);
        if (returning)
        {
            Returns = (Returns.Count + 1, Returns.Admitted + (response.Status == 200 ? 1 : 0));
        }

        bool refused = response.Status is 429 or 503 && response.RetryAfter is not null;
        if (response.Status != 200 && !refused)
        {
            Faults.Enqueue($"{response.Status} {response.Text}");
        }
    }
}
