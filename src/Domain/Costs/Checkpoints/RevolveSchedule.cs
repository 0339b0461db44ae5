using Backprop.Domain.Transformations.Checkpointing;
using static Backprop.Domain.Costs.Checkpoints.CheckpointAction;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>
/// The binomial schedule as a list of steps (Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000). States are counted as in the paper,
/// including that before the first layer; <see cref="CheckpointStrategy.Revolve"/> counts its slots in addition to that one.
/// </summary>
public static class RevolveSchedule
{
    /// <summary>The schedule; its advances are <see cref="BinomialSchedule.Advances"/>.</summary>
    /// <param name="layers">The length of the chain, at least 1.</param>
    /// <param name="states">The states that may be stored at a time, at least 1.</param>
    public static IEnumerable<CheckpointAction> Actions(int layers, int states)
    {
        var stored = new Stack<int>([0]);
        yield return Store(0);
        int position = 0;
        for (int last = layers - 1; last >= 0; last--)
        {
            while (stored.Peek() > last)
            {
                stored.Pop();
            }

            if (last < layers - 1)
            {
                position = stored.Peek();
                yield return Restore(position);
            }

            while (position < last)
            {
                int free = states - stored.Count;
                int target = free == 0 ? last : position + (int)BinomialSchedule.Split(last + 1 - position, free + 1);
                yield return Advance(position, target);
                position = target;
                if (free > 0)
                {
                    stored.Push(position);
                    yield return Store(position);
                }
            }

            yield return Keep(last, last + 1);
            yield return Reverse(last, last + 1);
        }
    }

    /// <summary>The most states, and so the fewest advances, whose peak fits; null if even one state is too much.</summary>
    public static int? Most(LayerCosts layers, double bytes, CancellationToken cancellationToken = default)
    {
        (int low, int high) = (0, layers.Count);
        while (low < high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int middle = low + ((high - low + 1) / 2);
            bool fits = ScheduleFigures.Of(layers, Actions(layers.Count, middle)).PeakBytes <= bytes;
            (low, high) = fits ? (middle, high) : (low, middle - 1);
        }

        return low == 0 ? null : low;
    }
}
