using Backprop.Domain.Costs.Checkpoints;

namespace Backprop.Domain.Tests.Checkpointing.Plans;

/// <summary>
/// The least additional forward time to reverse a small chain, by Dijkstra's search over all possible contents of memory. Like the schedules it drops
/// a state or activations only when their layer is reversed.
/// </summary>
internal sealed class Search(LayerCosts layers, double bytes, int states)
{
    private readonly int all = (1 << layers.Count) - 1;

    public double LeastTime()
    {
        var queue = new PriorityQueue<State, double>();
        var done = new HashSet<State>();
        queue.Enqueue(new State(0, 1, 0, layers.Count), 0);
        while (queue.TryDequeue(out State state, out double time))
        {
            if (state.Unreversed == 0)
            {
                return time;
            }

            if (done.Add(state))
            {
                foreach ((State next, double cost) in Next(state).Where(move => Fits(move.State)))
                {
                    queue.Enqueue(next, time + cost);
                }
            }
        }

        return double.PositiveInfinity;
    }

    private IEnumerable<(State State, double Cost)> Next(State now)
    {
        int p = now.Position;
        if (p < now.Unreversed)
        {
            bool hasInput = (now.Stored >> p & 1) == 1 || (p > 0 && (now.Kept >> (p - 1) & 1) == 1);
            yield return (now with { Position = p + 1 }, layers.Forward(p, p + 1));
            yield return (now with { Stored = now.Stored | (1 << p) }, 0);
            if ((now.Kept >> p & 1) == 0 && (hasInput || states < int.MaxValue))
            {
                yield return (now with { Kept = now.Kept | (1 << p), Position = p + 1 }, 0);
            }
        }

        int last = now.Unreversed - 1;
        if ((now.Kept >> last & 1) == 1)
        {
            int below = all & ((1 << last) - 1);
            yield return (now with { Kept = now.Kept & below, Stored = now.Stored & below, Unreversed = last, Position = layers.Count }, 0);
        }

        for (int layer = 0; layer < now.Unreversed; layer++)
        {
            if ((now.Stored >> layer & 1) == 1 || (layer > 0 && (now.Kept >> (layer - 1) & 1) == 1))
            {
                yield return (now with { Position = layer }, 0);
            }
        }
    }

    private bool Fits(State state)
    {
        double held = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            held += (state.Stored >> layer & 1) * layers.Boundary(layer);
            held += (state.Kept >> layer & 1) * layers.Activations(layer, layer + 1);
        }

        bool isCounted = states < int.MaxValue;
        return isCounted ? int.PopCount(state.Stored) <= states && int.PopCount(state.Kept) <= 1 : held <= bytes;
    }

    private readonly record struct State(int Position, int Stored, int Kept, int Unreversed);
}
