using static Backprop.Domain.Costs.Checkpoints.CheckpointAction;

namespace Backprop.Domain.Costs.Checkpoints;

/// <content>From the table to the steps of a schedule.</content>
public sealed partial class ScheduleTable
{
    /// <summary>The schedule with all of the memory, or null if there is none.</summary>
    public IEnumerable<CheckpointAction>? Best() => double.IsFinite(At(0, layers.Count)[^1]) ? Actions(columns - 1) : null;

    /// <summary>The schedule of least time for an amount of memory, one of <see cref="Steps"/>.</summary>
    public IEnumerable<CheckpointAction> Actions(int column) => Joined(Written(column));

    private IEnumerable<CheckpointAction> Written(int column)
    {
        yield return Store(0);
        var pending = new Stack<Work>([Work.Part(0, layers.Count, column)]);
        while (pending.TryPop(out Work work))
        {
            (int start, int length, int memory) = (work.Start, work.Length, work.Column);
            if (work.Action is { } action)
            {
                yield return action;
            }
            else if (length == 1 || IsKept(start, length, memory))
            {
                yield return Keep(start, start + 1);
                pending.Push(Work.Of(Reverse(start, start + 1)));
                if (length > 1)
                {
                    pending.Push(Work.Part(start + 1, length - 1, memory - keepUnits![Unit(start)]));
                }
            }
            else
            {
                int split = Split(start, length, memory);
                int units = StateUnits(Unit(split), start + length - split);
                yield return Advance(start, split);
                if (units > 0 || keepUnits is not null)
                {
                    yield return Store(split);
                }

                pending.Push(Work.Part(start, split - start, memory));
                pending.Push(Work.Of(Restore(start)));
                pending.Push(Work.Part(split, start + length - split, memory - units));
            }
        }
    }

    private int Unit(int layer) => layers.IsUniform ? 0 : layer;

    private bool IsKept(int start, int length, int memory) =>
        keepUnits is not null
        && keepUnits[Unit(start)] is int units && units <= memory
        && At(Unit(start + 1), length - 1)[memory - units] == At(Unit(start), length)[memory];

    private int Split(int start, int length, int memory)
    {
        double least = At(Unit(start), length)[memory];
        for (int split = start + 1; ; split++)
        {
            int rest = start + length - split;
            int units = StateUnits(Unit(split), rest);
            int from = Unit(start);
            if (units <= memory
                && layers.Forward(from, from + split - start) + At(Unit(split), rest)[memory - units] + At(from, split - start)[memory] == least)
            {
                return split;
            }
        }
    }

    private readonly record struct Work(int Start, int Length, int Column, CheckpointAction? Action)
    {
        public static Work Part(int start, int length, int column) => new(start, length, column, null);

        public static Work Of(CheckpointAction action) => new(0, 0, 0, action);
    }
}
