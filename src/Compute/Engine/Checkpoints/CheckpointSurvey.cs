using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine.Checkpoints;

/// <summary>What checkpointing can do for a graph. Every strategy is actually planned, so the figures are those of a run.</summary>
/// <param name="engine">Makes the plans.</param>
/// <param name="submission">The graph.</param>
/// <param name="query">The query with a strategy.</param>
/// <param name="cancellationToken">Ends a long search.</param>
public sealed class CheckpointSurvey(
    DerivativeEngine engine, ComputationRequest submission, Func<CheckpointStrategy, DerivativeQuery> query, CancellationToken cancellationToken)
{
    private const long MostRepetitions = 8;
    private const int ManyLengths = 48;
    private const int LongChain = 2000;
    private readonly Dictionary<string, CheckpointFacts?> planned = [];

    /// <summary>The plans for a number of checkpoints or a budget; for ⌈√n⌉ checkpoints if both are null.</summary>
    /// <exception cref="GraphException">No plan fits into the budget, or the graph does not fit the query.</exception>
    /// <exception cref="LimitException">The graph exceeds a cost limit.</exception>
    public SurveyedGraph Run(long? checkpoints, long? budget)
    {
        CompiledQuery whole = engine.Planned(submission, query(new CheckpointStrategy.None()), cancellationToken);
        IReadOnlyList<LayerFacts> layers = LayerFacts.Of(whole.Graph, cancellationToken);
        CheckpointFacts none = whole.Checkpointing!;
        planned[none.Strategy.Key] = none;
        CheckpointFacts sqrt = Of(new CheckpointStrategy.Sqrt())!;
        CheckpointFacts[] segments = [.. Lengths(layers.Count).Select(length => Of(new CheckpointStrategy.Every(length))!)];
        CheckpointFacts[] schedules = [.. Slots(layers.Count).Select(slots => Of(new CheckpointStrategy.Revolve(slots))).OfType<CheckpointFacts>()];
        long count = checkpoints ?? Math.Max(1, (long)Math.Ceiling(Math.Sqrt(layers.Count)));
        CheckpointFacts? requested = budget is { } bytes ? Cheapest(segments, bytes)
            : Of(new CheckpointStrategy.Every(Math.Max(1, ((layers.Count - 1) / count) + 1)));
        CheckpointFacts? revolve = budget is { } most ? Cheapest(schedules, most) : count > 1 ? Of(new CheckpointStrategy.Revolve(count - 1)) : null;
        long memory = budget ?? requested!.PlannedPeakBytes;
        Choose(layers, none, memory);
        CheckpointFacts optimal = Cheapest(planned.Values, memory) ?? throw new GraphException(
            "memoryBudget", $"no plan fits into {budget} bytes; the smallest peak that can be reached is " +
                $"{planned.Values.Min(facts => facts?.PlannedPeakBytes)} bytes");
        IReadOnlyList<CheckpointFacts> front = MemoryTimeFront.NotDominated(
            planned.Values.OfType<CheckpointFacts>(), facts => (facts.PlannedPeakBytes, facts.RecomputedFlops));
        CheckpointFacts best = segments.Append(none).MinBy(facts => (facts.PlannedPeakBytes, facts.RecomputedFlops))!;
        return new SurveyedGraph(layers, none, sqrt, best, requested, revolve, optimal, front);
    }

    private static CheckpointFacts? Cheapest(IEnumerable<CheckpointFacts?> among, long bytes) => among
        .OfType<CheckpointFacts>()
        .Where(facts => facts.PlannedPeakBytes <= bytes)
        .MinBy(facts => (facts.RecomputedFlops, facts.PlannedPeakBytes));

    private static IEnumerable<int> Lengths(int layers) => layers <= ManyLengths ? Enumerable.Range(1, layers) : Sizes(layers);

    // Schedules with many repetitions take long to construct, and those with few slots save hardly more memory.
    private static IEnumerable<int> Slots(int layers) =>
        Sizes(layers).Where(slots => slots < layers && BinomialSchedule.Advances(layers, slots + 1) <= MostRepetitions * layers);

    // Planning a long chain takes long.
    private static IEnumerable<int> Sizes(int layers) => MemoryTimeFront.Sizes(layers, layers <= LongChain ? 1.25 : 8);

    // Values to keep, for fractions of all kept bytes, then ever closer to the available memory.
    private void Choose(IReadOnlyList<LayerFacts> layers, CheckpointFacts none, long memory)
    {
        if (layers.Count == 0)
        {
            return;
        }

        int shares = layers.Count <= LongChain ? 10 : 3;
        var chosen = new KeptValues(layers, cancellationToken);
        for (int share = 1; share < shares; share++)
        {
            Plan(chosen.Within(chosen.TotalBytes * share / shares));
        }

        (double low, double high) = (0, chosen.TotalBytes);
        for (int i = 0; i < shares && none.PlannedPeakBytes > memory; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Plan(chosen.Within(middle))?.PlannedPeakBytes <= memory ? (middle, high) : (low, middle);
        }

        CheckpointFacts? Plan(IReadOnlyList<string>? names) => names is null ? null : Of(new CheckpointStrategy.Save(names));
    }

    private CheckpointFacts? Of(CheckpointStrategy strategy)
    {
        if (!planned.TryGetValue(strategy.Key, out CheckpointFacts? facts))
        {
            try
            {
                facts = engine.Planned(submission, query(strategy), cancellationToken).Checkpointing;
            }
            catch (LimitException) when (strategy is CheckpointStrategy.Revolve or CheckpointStrategy.Save)
            {
                // Too many repetitions for the limits; choose among the other strategies.
            }

            planned[strategy.Key] = facts;
        }

        return facts;
    }
}

/// <summary>What checkpointing can do for a graph.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="None">Everything kept.</param>
/// <param name="Sqrt">The ends of segments of ⌈√n⌉ layers.</param>
/// <param name="BestSegments">The segment length with the least peak.</param>
/// <param name="Segments">The requested number of segments, or the cheapest within the budget.</param>
/// <param name="Revolve">The requested number of states, or the cheapest within the budget.</param>
/// <param name="Optimal">The plan with the fewest repeated operations within the budget, or within the peak of <paramref name="Segments"/>.</param>
/// <param name="Front">The plans that are Pareto-optimal in bytes and repeated operations, starting with the most memory.</param>
public sealed record SurveyedGraph(
    IReadOnlyList<LayerFacts> Layers,
    CheckpointFacts None,
    CheckpointFacts Sqrt,
    CheckpointFacts BestSegments,
    CheckpointFacts? Segments,
    CheckpointFacts? Revolve,
    CheckpointFacts Optimal,
    IReadOnlyList<CheckpointFacts> Front);
