namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>One step of a schedule that runs a chain of layers forward and backward with few activations in memory.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="From">The first layer that it concerns, from 0.</param>
/// <param name="To">The layer after the last one; for a state, which precedes its layer, the same as <paramref name="From"/>.</param>
public readonly record struct CheckpointAction(CheckpointActionKind Kind, int From, int To)
{
    /// <summary>Stores the state before a layer.</summary>
    public static CheckpointAction Store(int layer) => new(CheckpointActionKind.Store, layer, layer);

    /// <summary>Restores the state before a layer.</summary>
    public static CheckpointAction Restore(int layer) => new(CheckpointActionKind.Restore, layer, layer);

    /// <summary>Runs layers forward without keeping their activations.</summary>
    public static CheckpointAction Advance(int from, int to) => new(CheckpointActionKind.Advance, from, to);

    /// <summary>Runs layers forward and keeps their activations.</summary>
    public static CheckpointAction Keep(int from, int to) => new(CheckpointActionKind.Keep, from, to);

    /// <summary>Runs layers backward, the last one first.</summary>
    public static CheckpointAction Reverse(int from, int to) => new(CheckpointActionKind.Reverse, from, to);

    /// <summary>The same steps, with consecutive ones merged.</summary>
    public static IEnumerable<CheckpointAction> Joined(IEnumerable<CheckpointAction> actions)
    {
        CheckpointAction? last = null;
        foreach (CheckpointAction action in actions)
        {
            switch (last)
            {
                case { Kind: CheckpointActionKind.Keep } keep when action.Kind == keep.Kind && keep.To == action.From:
                    last = Keep(keep.From, action.To);
                    break;
                case { Kind: CheckpointActionKind.Reverse } reverse when action.Kind == reverse.Kind && reverse.From == action.To:
                    last = Reverse(action.From, reverse.To);
                    break;
                default:
                    if (last is { } done)
                    {
                        yield return done;
                    }

                    last = action;
                    break;
            }
        }

        if (last is { } end)
        {
            yield return end;
        }
    }
}

/// <summary>What a step of a schedule does.</summary>
public enum CheckpointActionKind
{
    /// <summary>Stores the state before a layer; it is dropped as soon as that layer is reversed.</summary>
    Store,

    /// <summary>Runs layers forward without keeping their activations.</summary>
    Advance,

    /// <summary>Runs layers forward and keeps their activations for the backward pass.</summary>
    Keep,

    /// <summary>Runs layers backward, the last one first, and drops their activations.</summary>
    Reverse,

    /// <summary>Restores a state from memory.</summary>
    Restore,
}
