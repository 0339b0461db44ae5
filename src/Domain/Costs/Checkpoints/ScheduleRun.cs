namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>What is in memory while a schedule runs.</summary>
internal sealed class ScheduleRun(LayerCosts layers)
{
    // The states in memory, including unstored inputs of kept layers, and where each run of kept layers ends.
    private readonly Stack<(int Layer, bool IsStored)> states = [];
    private readonly Stack<(int From, int To)> kept = [];
    private readonly List<int> boundaries = [];
    private int stored;
    private int mostStored;
    private double bytes;
    private double peak;
    private long live;
    private long mostLive;
    private long advances;
    private long keeps;
    private double extra;
    private long actions;

    public void Do(CheckpointAction action)
    {
        actions++;
        switch (action.Kind)
        {
            case CheckpointActionKind.Store:
                Hold(action.From, isStored: true);
                break;
            case CheckpointActionKind.Advance:
                advances += action.To - action.From;
                extra += layers.Forward(action.From, action.To);
                break;
            case CheckpointActionKind.Keep:
                Keep(action.From, action.To);
                break;
            case CheckpointActionKind.Reverse:
                Drop(action.From, action.To);
                break;
        }

        peak = Math.Max(peak, bytes);
        mostLive = Math.Max(mostLive, live);
        mostStored = Math.Max(mostStored, stored);
    }

    public ScheduleFigures Figures() => new(peak, mostLive, mostStored, advances, advances + keeps, extra, boundaries, actions);

    private void Hold(int layer, bool isStored)
    {
        states.Push((layer, isStored));
        bytes += layers.Boundary(layer);
        live++;
        stored += isStored ? 1 : 0;
        if (isStored && keeps == 0)
        {
            boundaries.Add(layer);
        }
    }

    private void Keep(int from, int to)
    {
        bool hasInput = (states.TryPeek(out var state) && state.Layer == from) || (kept.TryPeek(out var before) && before.To == from);
        bool isWhole = from == 0 && to == layers.Count;
        if (!hasInput && !isWhole)
        {
            Hold(from, isStored: false);
        }

        kept.Push((from, to));
        bytes += layers.Activations(from, to);
        live += to - from;
        keeps += to - from;
    }

    private void Drop(int from, int to)
    {
        bytes -= layers.Activations(from, to);
        live -= to - from;
        while (kept.TryPeek(out var last) && last.To > from)
        {
            kept.Pop();
            if (last.From < from)
            {
                kept.Push((last.From, from));
            }
        }

        while (states.TryPeek(out var state) && state.Layer >= from)
        {
            states.Pop();
            bytes -= layers.Boundary(state.Layer);
            live--;
            stored -= state.IsStored ? 1 : 0;
        }
    }
}
