using System.Collections.Concurrent;
using Backprop.Hostile.Tests.Measuring;

namespace Backprop.Hostile.Tests.Overload;

/// <summary>The combined results of the clients. Thread-safe.</summary>
internal sealed class LoadFigures
{
    private readonly ConcurrentDictionary<int, int> _admittedAfter = [];
    private int _firstReturns, _mostReturns, _waiting;

    public LatencyRecorder Accepted { get; } = new();

    public LatencyRecorder Refused { get; } = new();

    public StatusCounts Statuses { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Of the retries after a first rejection, the share that succeeded.</summary>
    public double AdmittedAtFirstReturn => _firstReturns == 0 ? 1 : (double)_admittedAfter.GetValueOrDefault(1) / _firstReturns;

    /// <summary>The maximum number of retries before a client was served, or until the end.</summary>
    public int MostReturns => _mostReturns;

    /// <summary>Clients that were rejected and not served before the end.</summary>
    public int Waiting => _waiting;

    /// <param name="status">The status.</param>
    /// <param name="milliseconds">The time to the answer.</param>
    /// <param name="returns">The number of retries since the first rejection, including this one; 0 if it was not rejected.</param>
    public void Add(int status, double milliseconds, int returns)
    {
        Statuses.Add(status);
        (status == 200 ? Accepted : Refused).Add(milliseconds);
        if (returns == 1)
        {
            Interlocked.Increment(ref _firstReturns);
        }

        if (status == 200 && returns > 0)
        {
            _admittedAfter.AddOrUpdate(returns, 1, (_, count) => count + 1);
        }

        Raise(returns);
    }

    /// <param name="returns">The number of rejections since the client was last served.</param>
    public void Leave(int returns)
    {
        if (returns > 0)
        {
            Interlocked.Increment(ref _waiting);
        }
    }

    private void Raise(int returns)
    {
        for (int most = _mostReturns; returns > most; most = _mostReturns)
        {
            Interlocked.CompareExchange(ref _mostReturns, returns, most);
        }
    }
}
