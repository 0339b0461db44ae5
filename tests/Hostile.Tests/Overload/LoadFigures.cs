using System.Collections.Concurrent;
using Backprop.Hostile.Tests.Measuring;

namespace Backprop.Hostile.Tests.Overload;

/// <summary>How clients fared together. Safe for concurrent use.</summary>
internal sealed class LoadFigures
{
    private readonly ConcurrentDictionary<int, int> _admittedAfter = [];
    private int _firstReturns, _mostReturns, _waiting;

    public LatencyRecorder Accepted { get; } = new();

    public LatencyRecorder Refused { get; } = new();

    public StatusCounts Statuses { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Of those that came again after their first refusal, the share that was served.</summary>
    public double AdmittedAtFirstReturn => _firstReturns == 0 ? 1 : (double)_admittedAfter.GetValueOrDefault(1) / _firstReturns;

    /// <summary>The most times that a client came again before it was served, or in vain until the end.</summary>
    public int MostReturns => _mostReturns;

    /// <summary>Clients that had been refused and were not served again before the end.</summary>
    public int Waiting => _waiting;

    /// <param name="status">The status.</param>
    /// <param name="milliseconds">The time to the answer.</param>
    /// <param name="returns">How often the client has come again since its first refusal, this time included; 0 if it was not refused.</param>
    public void Add(int status, double milliseconds, int returns)
    {
        Statuses.Add(status);
        (status == 200 ? Accepted : Refused).Add(milliseconds);
        if (returns == 1)
            Interlocked.Increment(ref _firstReturns);
        if (status == 200 && returns > 0)
            _admittedAfter.AddOrUpdate(returns, 1, (_, count) => count + 1);
        Raise(returns);
    }

    /// <param name="returns">How often the client has been refused since it was last served.</param>
    public void Leave(int returns)
    {
        if (returns > 0)
            Interlocked.Increment(ref _waiting);
    }

    private void Raise(int returns)
    {
        for (int most = _mostReturns; returns > most; most = _mostReturns)
            Interlocked.CompareExchange(ref _mostReturns, returns, most);
    }
}
