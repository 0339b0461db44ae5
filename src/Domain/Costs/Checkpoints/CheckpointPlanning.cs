using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>Finds the plans for a chain of layers.</summary>
/// <param name="layers">The chain.</param>
/// <param name="cells">The most cells of a dynamic-programming table.</param>
/// <param name="cancellationToken">Ends a long search.</param>
public sealed class CheckpointPlanning(LayerCosts layers, long cells, CancellationToken cancellationToken = default)
{
    // Up to this length the table for equal layers is filled in about a second.
    private const int LongestEqual = 1000;
    private const int VeryLong = 10_000;

    /// <summary>The plans for a number of states that may be stored at a time, including that before the first layer.</summary>
    /// <exception cref="LimitException">The layers are unequal and too many.</exception>
    public CheckpointPlans ForStates(int states)
    {
        CheckpointSchedule segments = CheckpointSchedule.Segments("segments", layers, states);
        CheckpointSchedule revolve = CheckpointSchedule.Revolve(layers, states);
        CheckpointSchedule optimal = layers.IsUniform
            ? revolve with { Strategy = "optimal" }
            : CheckpointSchedule.Of("optimal", states, layers, ScheduleTable.ForStates(layers, states, cells, cancellationToken).Best()!);
        return Together(segments, revolve, optimal, Table(layers.TotalActivations + layers.Boundary(0)));
    }

    /// <summary>The plans for a number of bytes.</summary>
    /// <exception cref="GraphException">No plan fits.</exception>
    /// <exception cref="LimitException">The layers are unequal and too many.</exception>
    public CheckpointPlans ForBytes(double bytes)
    {
        ScheduleTable? whole = Table(layers.TotalActivations + layers.Boundary(0));
        CheckpointSchedule? segments = EqualSegments.Fewest(layers, bytes, cancellationToken) is { } few
            ? CheckpointSchedule.Segments("segments", layers, few) : null;
        CheckpointSchedule? revolve = RevolveSchedule.Most(layers, bytes, cancellationToken) is { } most
            ? CheckpointSchedule.Revolve(layers, most) : null;
        ScheduleTable? table = bytes > layers.Boundary(0) ? Table(bytes) : null;
        CheckpointSchedule? found = table?.Best() is { } actions ? Optimal(actions) : null;
        CheckpointSchedule?[] known = [found, CheckpointSchedule.None(layers), segments, revolve, CheckpointSchedule.Revolve(layers, 1)];
        IReadOnlyList<CheckpointSchedule> front = Front(whole, known.OfType<CheckpointSchedule>());
        CheckpointSchedule optimal = front.FirstOrDefault(plan => plan.Figures.PeakBytes <= bytes) ?? throw new GraphException(
            "memoryBudget", $"no plan fits into {bytes:R} bytes; the smallest peak that can be reached is {front[^1].Figures.PeakBytes:R} bytes");
        CheckpointPlans plans = Together(segments, revolve, optimal with { Strategy = "optimal" }, whole);
        return plans with { IsExact = plans.IsExact && table is not { IsExact: false } };
    }

    private CheckpointPlans Together(CheckpointSchedule? segments, CheckpointSchedule? revolve, CheckpointSchedule optimal, ScheduleTable? table)
    {
        CheckpointSchedule none = CheckpointSchedule.None(layers);
        CheckpointSchedule sqrt = CheckpointSchedule.Segments("sqrt", layers, (int)Math.Ceiling(Math.Sqrt(layers.Count)));
        CheckpointSchedule best = CheckpointSchedule.Segments("bestSegments", layers, EqualSegments.Best(layers, cancellationToken));
        CheckpointSchedule[] chosen = [none, sqrt, best, .. new[] { segments, revolve, optimal }.OfType<CheckpointSchedule>()];
        return new CheckpointPlans(layers, none, sqrt, best, segments, revolve, optimal, Front(table, chosen), table?.IsExact ?? true);
    }

    private ScheduleTable? Table(double bytes) =>
        layers.IsUniform && layers.Count > LongestEqual ? null : ScheduleTable.ForBytes(layers, bytes, cells, cancellationToken);

    private IReadOnlyList<CheckpointSchedule> Front(ScheduleTable? table, IEnumerable<CheckpointSchedule> chosen)
    {
        IEnumerable<CheckpointSchedule> found = table is null
            ? MemoryTimeFront.Sizes(layers.Count, layers.Count > VeryLong ? 2 : 1.25).SelectMany(Both)
            : MemoryTimeFront.Thinned([.. table.Steps()]).Select(step => Optimal(table.Actions(step.Column)));
        return MemoryTimeFront.Of([.. chosen, .. found]);
    }

    private CheckpointSchedule[] Both(int states)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [CheckpointSchedule.Segments("segments", layers, states), CheckpointSchedule.Revolve(layers, states)];
    }

    private CheckpointSchedule Optimal(IEnumerable<CheckpointAction> actions)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ScheduleFigures figures = ScheduleFigures.Of(layers, actions);
        return new CheckpointSchedule("optimal", figures.States, figures, actions);
    }
}
