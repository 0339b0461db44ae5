using System.Collections.Concurrent;

namespace Backprop.Hostile.Tests.Measuring;

/// <summary>The number of answers per status. Thread-safe.</summary>
internal sealed class StatusCounts
{
    private readonly ConcurrentDictionary<int, int> _counts = [];

    public int Total => _counts.Values.Sum();

    public int this[int status] => _counts.GetValueOrDefault(status);

    public void Add(int status) => _counts.AddOrUpdate(status, 1, (_, count) => count + 1);

    public override string ToString() => string.Join(", ", _counts.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}: {entry.Value}"));
}
