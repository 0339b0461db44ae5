using Backprop.Domain.Costs.Checkpoints;
using Shouldly;

namespace Backprop.Domain.Tests.Checkpointing.Plans;

/// <summary>Runs a schedule step by step and requires that every step is possible: nothing is used that is not in memory.</summary>
internal sealed class ScheduleMachine(int layers)
{
    private readonly SortedSet<int> stored = [];
    private readonly SortedSet<int> kept = [];
    private int position;
    private int unreversed = layers;

    public int MostStored { get; private set; }

    public int MostKept { get; private set; }

    public long Advanced { get; private set; }

    public static ScheduleMachine Run(int layers, IEnumerable<CheckpointAction> actions)
    {
        var machine = new ScheduleMachine(layers);
        foreach (CheckpointAction action in actions)
        {
            machine.Do(action);
        }

        machine.unreversed.ShouldBe(0);
        return machine;
    }

    private void Do(CheckpointAction action)
    {
        switch (action.Kind)
        {
            case CheckpointActionKind.Store:
                action.From.ShouldBe(position);
                stored.Add(position).ShouldBeTrue();
                break;
            case CheckpointActionKind.Restore:
                (stored.Contains(action.From) || kept.Contains(action.From - 1)).ShouldBeTrue();
                position = action.From;
                break;
            case CheckpointActionKind.Advance:
                action.From.ShouldBe(position);
                action.To.ShouldBeInRange(position + 1, unreversed);
                Advanced += action.To - action.From;
                position = action.To;
                break;
            case CheckpointActionKind.Keep:
                action.From.ShouldBe(position);
                action.To.ShouldBeInRange(position + 1, unreversed);
                Range(action).ShouldAllBe(layer => kept.Add(layer));
                position = action.To;
                break;
            case CheckpointActionKind.Reverse:
                action.To.ShouldBe(unreversed);
                Range(action).ShouldAllBe(layer => kept.Remove(layer));
                unreversed = action.From;
                stored.RemoveWhere(layer => layer >= unreversed);
                break;
        }

        MostStored = Math.Max(MostStored, stored.Count);
        MostKept = Math.Max(MostKept, kept.Count);
    }

    private static IEnumerable<int> Range(CheckpointAction action) => Enumerable.Range(action.From, action.To - action.From);
}
