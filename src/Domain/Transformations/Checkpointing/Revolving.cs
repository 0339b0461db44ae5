using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>
/// Recomputation by the binomial schedule. A state consists of the values that are live before a layer. When a layer is reversed whose values are
/// gone, the chain is advanced from the nearest stored state, and states are stored along the way while slots are free.
/// </summary>
internal sealed class Revolving : Recomputation
{
    private readonly LayerChain chain;
    private readonly long slots;
    private readonly long limit;
    private readonly CancellationToken cancellationToken;
    private readonly Stack<State> stored = new([new State(0, [])]);
    private State current;
    private long held;

    /// <summary>Starts after the forward pass, which has already stored the first states.</summary>
    /// <exception cref="LimitException">More than <paramref name="limit"/> values would have to be computed or held.</exception>
    public Revolving(GraphBuilder b, LayerChain chain, long slots, long limit, CancellationToken cancellationToken)
        : base(b, chain)
    {
        (this.chain, this.slots, this.limit, this.cancellationToken) = (chain, slots, limit, cancellationToken);
        int last = chain.Count - 1;
        current = Advance(last, (node, _) => node);
        Keep(current.Values.Values);
        Keep(chain.Between(last, chain.Count));
    }

    /// <inheritdoc/>
    protected override void Prepare(Node value)
    {
        // Among the layers that are not yet reversed, the last one that uses a value needs it first, and finds it in the state before it.
        int made = chain.LayerOf(value);
        int layer = made < current.Layer ? Math.Min(chain.LastUse(value), current.Layer - 1) : made;
        if (layer == current.Layer)
        {
            return;
        }

        while (stored.Peek().Layer > layer)
        {
            stored.Pop();
        }

        foreach (Node old in current.Values.Keys.Where(old => chain.LayerOf(old) < layer))
        {
            Versions.Remove(old);
        }

        current = Advance(layer, Copy);
        foreach ((Node node, Node version) in current.Values)
        {
            Versions[node] = version;
        }
    }

    private State Advance(int target, Func<Node, Dictionary<Node, Node>, Node> make)
    {
        State state = stored.Peek();
        while (state.Layer < target)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long free = slots - (stored.Count - 1);
            long step = free == 0 ? target - state.Layer : BinomialSchedule.Split(target + 1 - state.Layer, free + 1);
            state = Through(state, state.Layer + (int)step, make);
            if (free > 0)
            {
                stored.Push(state);
            }
        }

        return state;
    }

    private State Through(State state, int end, Func<Node, Dictionary<Node, Node>, Node> make)
    {
        var values = new Dictionary<Node, Node>(state.Values);
        foreach (Node node in chain.Between(state.Layer, end).Where(node => !chain.IsFree(node)))
        {
            values[node] = make(node, values);
            Charge(1);
        }

        var live = values.Where(pair => chain.LastUse(pair.Key) >= end).ToDictionary();
        Charge(live.Count);
        return new State(end, live);
    }

    private void Charge(int values)
    {
        held += values;
        if (held > limit)
        {
            throw new LimitException(
                "Limits:MaxNodes", limit, $"more values in a revolve schedule of {slots} slots over {chain.Count} nodes", "checkpointing");
        }
    }

    private sealed record State(int Layer, Dictionary<Node, Node> Values);
}
