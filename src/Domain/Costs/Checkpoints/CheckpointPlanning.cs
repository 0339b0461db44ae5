using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>Finds the plans for a chain of layers.</summary>
/// <param name="layers">The chain.</param>
/// <param name="cells">The most cells of a dynamic-programming table.</param>
/// <param name="cancellation">Ends a long search.</param>
public sealed class CheckpointPlanning(LayerCosts layers, long cells, CancellationToken cancellation = default)
{
    // Up to this length the table for equal layers is filled in about a second.
    private const int LongestEqual = 1000;
    private const int VeryLong = 10_000;

    /// <summary>The plans for a number of states that may be stored at a time, including that before the first layer.</summary>
    /// <exception cref="LimitException">The layers are unequal and too many.</exception>
    public CheckpointPlans ForStates(int states)
    {
        CheckpointPlan segments = CheckpointPlan.Segments("segments", layers, states);
        CheckpointPlan revolve = CheckpointPlan.Revolve(layers, states);
        CheckpointPlan optimal = layers.IsUniform
            ? revolve with { Strategy = "optimal" }
            : CheckpointPlan.Of("optimal", states, layers, ScheduleTable.ForStates(layers, states, cells, cancellation).Best()!);
        return Together(segments, revolve, optimal, Table(layers.TotalActivations + layers.Boundary(0)));
    }

    /// <summary>The plans for a number of bytes.</summary>
    /// <exception cref="GraphException">No plan fits.</exception>
    /// <exception cref="LimitException">The layers are unequal and too many.</exception>
    public CheckpointPlans ForBytes(double bytes)
    {
        ScheduleTable? whole = Table(layers.TotalActivations + layers.Boundary(0));
        CheckpointPlan? segments = EqualSegments.Fewest(layers, bytes, cancellation) is { } few
            ? CheckpointPlan.Segments("segments", layers, few) : null;
        CheckpointPlan? revolve = RevolveSchedule.Most(layers, bytes, cancellation) is { } most ? CheckpointPlan.Revolve(layers, most) : null;
        ScheduleTable? table = bytes > layers.Boundary(0) ? Table(bytes) : null;
        CheckpointPlan? found = table?.Best() is { } actions ? Optimal(actions) : null;
        CheckpointPlan?[] known = [found, CheckpointPlan.None(layers), segments, revolve, CheckpointPlan.Revolve(layers, 1)];
        IReadOnlyList<CheckpointPlan> front = Front(whole, known.OfType<CheckpointPlan>());
        CheckpointPlan optimal = front.FirstOrDefault(plan => plan.Figures.PeakBytes <= bytes) ?? throw new GraphException(
            "memoryBudget", $"no plan fits into {bytes:R} bytes; the smallest peak that can be reached is {front[^1].Figures.PeakBytes:R} bytes");
        CheckpointPlans plans = Together(segments, revolve, optimal with { Strategy = "optimal" }, whole);
        return plans with { IsExact = plans.IsExact && table is not { IsExact: false } };
    }

    private CheckpointPlans Together(CheckpointPlan? segments, CheckpointPlan? revolve, CheckpointPlan optimal, ScheduleTable? table)
    {
        CheckpointPlan none = CheckpointPlan.None(layers);
        CheckpointPlan sqrt = CheckpointPlan.Segments("sqrt", layers, (int)Math.Ceiling(Math.Sqrt(layers.Count)));
        CheckpointPlan best = CheckpointPlan.Segments("bestSegments", layers, EqualSegments.Best(layers, cancellation));
        CheckpointPlan[] chosen = [none, sqrt, best, .. new[] { segments, revolve, optimal }.OfType<CheckpointPlan>()];
        return new CheckpointPlans(layers, none, sqrt, best, segments, revolve, optimal, Front(table, chosen), table?.IsExact ?? true);
    }

    private ScheduleTable? Table(double bytes) =>
        layers.IsUniform && layers.Count > LongestEqual ? null : ScheduleTable.ForBytes(layers, bytes, cells, cancellation);

    private IReadOnlyList<CheckpointPlan> Front(ScheduleTable? table, IEnumerable<CheckpointPlan> chosen)
    {
        IEnumerable<CheckpointPlan> found = table is null
            ? MemoryTimeFront.Sizes(layers.Count, layers.Count > VeryLong ? 2 : 1.25).SelectMany(Both)
            : MemoryTimeFront.Thinned([.. table.Steps()]).Select(step => Optimal(table.Actions(step.Column)));
        return MemoryTimeFront.Of([.. chosen, .. found]);
    }

    private CheckpointPlan[] Both(int states)
    {
        cancellation.ThrowIfCancellationRequested();
        return [CheckpointPlan.Segments("segments", layers, states), CheckpointPlan.Revolve(layers, states)];
    }

    private CheckpointPlan Optimal(IEnumerable<CheckpointAction> actions)
    {
        cancellation.ThrowIfCancellationRequested();
        ScheduleFigures figures = ScheduleFigures.Of(layers, actions);
        return new CheckpointPlan("optimal", figures.States, figures, actions);
    }
}
