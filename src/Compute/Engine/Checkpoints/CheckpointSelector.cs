using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine.Checkpoints;

/// <summary>Plans a gradient graph under a checkpointing strategy.</summary>
/// <param name="graph">The graph, already simplified.</param>
/// <param name="named">The values that the strategy names.</param>
/// <param name="limit">The most values that a schedule may recompute and hold.</param>
/// <param name="compile">Makes a plan for the device that will run it.</param>
/// <param name="cancellationToken">Ends a long search.</param>
internal sealed class CheckpointSelector(Graph graph, IReadOnlyCollection<Node> named, long limit, Func<Graph, Plan> compile,
    CancellationToken cancellationToken)
{
    private const long MostRepetitions = 8;

    private readonly Plan without = compile(graph);

    /// <summary>The plan and its figures.</summary>
    /// <exception cref="GraphException">No plan fits into the budget.</exception>
    /// <exception cref="LimitException">A revolve schedule would need too many values.</exception>
    public (Plan Plan, CheckpointFacts Facts) Plan(CheckpointStrategy strategy) =>
        strategy is CheckpointStrategy.MemoryBudget budget ? Fitting(budget.Bytes) : Planned(strategy);

    private (Plan Plan, CheckpointFacts Facts) Planned(CheckpointStrategy strategy)
    {
        CheckpointedGraph made = Rematerialization.Apply(graph, strategy, named, limit, cancellationToken);
        Plan plan = ReferenceEquals(made.Graph, graph) ? without : compile(made.Graph);
        long results = graph.Outputs.Sum(output => output.Node.Type.Count * output.Node.DType.Size());
        return (plan, new CheckpointFacts(
            strategy, made.SavedValues, plan.PeakBytes, without.PeakBytes, results, made.RecomputedFlops, made.Flops));
    }

    private (Plan Plan, CheckpointFacts Facts) Fitting(long budget)
    {
        if (without.PeakBytes <= budget)
        {
            return Planned(new CheckpointStrategy.None());
        }

        (Plan Plan, CheckpointFacts Facts)? best = null;
        long smallest = long.MaxValue;
        int layers = Rematerialization.Layers(graph, cancellationToken);
        foreach (CheckpointStrategy candidate in CheckpointStrategy.Candidates(layers).Where(candidate => IsShort(candidate, layers)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (Plan Plan, CheckpointFacts Facts) made;
            try
            {
                made = Planned(candidate);
            }
            catch (LimitException)
            {
                // The schedule covers long-lived values; choose among the other strategies.
                continue;
            }

            smallest = Math.Min(smallest, made.Facts.PlannedPeakBytes);
            if (made.Facts.PlannedPeakBytes <= budget && Rank(made.Facts).CompareTo(best is { } known ? Rank(known.Facts) : (double.MaxValue, 0)) < 0)
            {
                best = made;
            }
        }

        return best ?? throw new GraphException(
            "checkpointing.memoryBudget", $"no plan fits into {budget} bytes; the smallest peak that can be reached is {smallest} bytes");
    }

    private static (double Flops, long Bytes) Rank(CheckpointFacts facts) => (facts.RecomputedFlops, facts.PlannedPeakBytes);

    // Schedules with many repetitions take long to construct, and those with few slots save hardly more memory.
    private static bool IsShort(CheckpointStrategy strategy, int layers) =>
        strategy is not CheckpointStrategy.Revolve revolve || BinomialSchedule.Advances(layers, revolve.Slots + 1) <= MostRepetitions * layers;
}
