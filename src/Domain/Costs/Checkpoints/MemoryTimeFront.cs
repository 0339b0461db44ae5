namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>The trade-off between memory and time.</summary>
public static class MemoryTimeFront
{
    private const int MostPoints = 100;

    /// <summary>The Pareto-optimal plans in memory and time, starting with the most memory.</summary>
    public static IReadOnlyList<CheckpointSchedule> Of(IEnumerable<CheckpointSchedule> plans) =>
        NotDominated(plans, plan => (plan.Figures.PeakBytes, plan.Figures.ExtraTime));

    /// <summary>The options that are Pareto-optimal in memory and time; of equal ones the first.</summary>
    /// <param name="options">The options.</param>
    /// <param name="price">Its memory and its time.</param>
    public static IReadOnlyList<T> NotDominated<T>(IEnumerable<T> options, Func<T, (double Memory, double Time)> price)
    {
        var front = new List<T>();
        double least = double.PositiveInfinity;
        foreach (T option in options.OrderBy(option => price(option).Time).ThenBy(option => price(option).Memory))
        {
            if (price(option).Memory < least)
            {
                least = price(option).Memory;
                front.Add(option);
            }
        }

        return front;
    }

    /// <summary>At most a hundred entries of a list, evenly spaced, including the first and the last.</summary>
    public static IEnumerable<T> Thinned<T>(IReadOnlyList<T> all) => all.Count <= MostPoints
        ? all
        : Enumerable.Range(0, MostPoints).Select(i => all[(int)((long)i * (all.Count - 1) / (MostPoints - 1))]);

    /// <summary>Numbers of checkpoints, or lengths, to try for a long chain: from 1 on, growing by a factor, or by one if that is more.</summary>
    public static IEnumerable<int> Sizes(int layers, double factor = 1.25)
    {
        for (double size = 1; size <= layers; size = Math.Max(size + 1, Math.Floor(size * factor)))
        {
            yield return (int)size;
        }
    }
}
