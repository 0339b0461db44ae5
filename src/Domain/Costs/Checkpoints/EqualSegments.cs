using static Backprop.Domain.Costs.Checkpoints.CheckpointAction;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>
/// Checkpoints at equal distances (Chen, Xu, Zhang, Guestrin: Training Deep Nets with Sublinear Memory Cost, 2016): the states before each of k
/// segments are stored; the last segment is reversed at once, each other one is run again, with its activations kept, when the backward pass reaches
/// it. Peak k·c + ⌈n/k⌉·A, further layers n − ⌈n/k⌉.
/// </summary>
public static class EqualSegments
{
    /// <summary>The first layer of a segment; lengths differ by at most one, and the last segment is never shorter than another.</summary>
    public static int Start(int layers, long segments, long segment) => (int)(segment * layers / segments);

    /// <summary>The schedule.</summary>
    public static IEnumerable<CheckpointAction> Actions(int layers, int segments)
    {
        for (int i = 0; i < segments; i++)
        {
            yield return Store(Start(layers, segments, i));
            if (i < segments - 1)
            {
                yield return Advance(Start(layers, segments, i), Start(layers, segments, i + 1));
            }
        }

        for (int i = segments - 1; i >= 0; i--)
        {
            (int from, int to) = (Start(layers, segments, i), Start(layers, segments, i + 1));
            if (i < segments - 1)
            {
                yield return Restore(from);
            }

            yield return Keep(from, to);
            yield return Reverse(from, to);
        }
    }

    /// <summary>The peak in bytes, computed without running the schedule.</summary>
    public static double PeakBytes(LayerCosts layers, int segments)
    {
        if (layers.IsUniform)
        {
            return (segments * layers.Boundary(0)) + layers.Activations(0, (int)Math.Ceiling((double)layers.Count / segments));
        }

        (double stored, double peak) = (0, 0);
        for (int i = 0; i < segments; i++)
        {
            (int from, int to) = (Start(layers.Count, segments, i), Start(layers.Count, segments, i + 1));
            stored += layers.Boundary(from);
            peak = Math.Max(peak, stored + layers.Activations(from, to));
        }

        return peak;
    }

    /// <summary>The number of segments with the least peak; of several the smallest, which repeats the fewest layers.</summary>
    public static int Best(LayerCosts layers, CancellationToken cancellationToken = default)
    {
        (int best, double least) = (1, double.PositiveInfinity);
        for (int segments = 1; segments <= layers.Count; segments++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double peak = PeakBytes(layers, segments);
            (best, least) = peak < least ? (segments, peak) : (best, least);
        }

        return best;
    }

    /// <summary>The fewest segments whose peak fits, or null.</summary>
    public static int? Fewest(LayerCosts layers, double bytes, CancellationToken cancellationToken = default)
    {
        for (int segments = 1; segments <= layers.Count; segments++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PeakBytes(layers, segments) <= bytes)
            {
                return segments;
            }
        }

        return null;
    }
}
