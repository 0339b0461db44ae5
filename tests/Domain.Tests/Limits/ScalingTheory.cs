using Shouldly;

namespace Backprop.Domain.Tests.Limits;

/// <summary>
/// Time and memory grow linearly with the graph, whatever part of it is large and whatever is derived from it. Processor time is imprecise on a busy
/// machine, so the graph grows by a factor whose square exceeds that imprecision.
/// </summary>
public abstract class ScalingTheory
{
    // Constants of more elements are not folded.
    private const int Small = 4200;
    private const int Times = 8;
    private const double MostBytes = 1.4 * Times;
    private const double MostTime = 4 * Times;

    /// <summary>Compares a wide graph with one several times as large.</summary>
    protected static void IsLinear(string graph, string name)
    {
        WideGraph small = WideGraphs.Of(graph, Small), large = WideGraphs.Of(graph, Times * Small);
        Measure(name, small);
        (long bytes, double milliseconds) = Measure(name, small);
        (long more, double longer) = Measure(name, large);
        ((double)more / bytes).ShouldBeLessThan(MostBytes, $"{bytes} and {more} bytes");
        if (longer / Math.Max(milliseconds, 5) >= MostTime)
        {
            CompareWithMany(name, small, large);
        }
    }

    // Collections of garbage may have fallen only into the large run. As many small runs as make the same work meet as many collections.
    private static void CompareWithMany(string name, WideGraph small, WideGraph large)
    {
        double milliseconds = Enumerable.Range(0, Times).Sum(_ => Measure(name, small).Milliseconds);
        double longer = Measure(name, large).Milliseconds;
        (longer / Math.Max(milliseconds, 5)).ShouldBeLessThan(MostTime / Times, $"{milliseconds} ms for {Times} small runs, {longer} ms for a large one");
    }

    private static (long Bytes, double Milliseconds) Measure(string name, WideGraph graph)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan time = ProcessorTime.Of(() => Derivation.Run(name, graph.Definition, graph.Values, "f", CancellationToken.None));
        return (GC.GetAllocatedBytesForCurrentThread() - before, time.TotalMilliseconds);
    }
}
