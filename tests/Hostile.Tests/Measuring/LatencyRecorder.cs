namespace Backprop.Hostile.Tests.Measuring;

/// <summary>Latencies in milliseconds. Thread-safe.</summary>
internal sealed class LatencyRecorder
{
    private readonly List<double> _values = [];
    private readonly Lock _lock = new();
    private bool _sorted;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _values.Count;
            }
        }
    }

    public void Add(double milliseconds)
    {
        lock (_lock)
        {
            _values.Add(milliseconds);
            _sorted = false;
        }
    }

    /// <summary>
    /// Adds the latency of a request that is sent at intervals. A long one kept others from being sent; they count with the time that they would have
    /// waited ("coordinated omission"), otherwise a long stall would be a single slow request.
    /// </summary>
    public void Add(double milliseconds, double interval)
    {
        Add(milliseconds);
        for (double waited = milliseconds - interval; waited > interval; waited -= interval)
        {
            Add(waited);
        }
    }

    /// <summary>The latency that this share of all does not exceed; NaN if there are none.</summary>
    public double Percentile(double share)
    {
        lock (_lock)
        {
            if (!_sorted)
            {
                _values.Sort();
            }

            _sorted = true;
            return _values.Count == 0 ? double.NaN : _values[(int)Math.Ceiling(share * (_values.Count - 1))];
        }
    }
}
