using Backprop.Compute.Engine;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Costs;

/// <summary>A step of a graph to be priced.</summary>
/// <param name="Wrt">The inputs to differentiate with respect to, or null for every float input.</param>
/// <param name="Output">The output, or null for the only one.</param>
/// <param name="Checkpointing">Which values are recomputed; null for none.</param>
/// <param name="Points">The number of points of the batch, used if there are no values.</param>
/// <param name="Dimensions">Extents of symbolic dimensions that no values bind.</param>
public sealed record GraphStep(
    IReadOnlyList<string>? Wrt, string? Output, CheckpointStrategy? Checkpointing, int? Points, IReadOnlyDictionary<string, int> Dimensions);

/// <summary>Prices steps of graphs. Nothing is run, so a step may be larger than the limits of a run allow.</summary>
public sealed class GraphCosts(DerivativeEngine engine)
{
    /// <summary>Prices a step.</summary>
    /// <exception cref="GraphException">The graph does not fit, or an extent is not known.</exception>
    public GraphStepCost Of(ComputationRequest submission, GraphStep step, CancellationToken cancellationToken)
    {
        string output = ElementSelection.Output(submission.Definition, step.Output);
        CompiledQuery forward = engine.PlanOf(submission, Queries.Value(output), step.Points, step.Dimensions, cancellationToken);
        CompiledQuery<StepFacts> plain = Planned(null);
        CompiledQuery<StepFacts> planned = step.Checkpointing is null ? plain : Planned(step.Checkpointing);
        double recomputed = planned.Checkpointing?.RecomputedFlops ?? 0;
        return new GraphStepCost(StepPrice.Of(planned.Graph, OperatorOf, recomputed), forward, planned, plain, OperatorOf);

        CompiledQuery<StepFacts> Planned(CheckpointStrategy? strategy) => engine.PlanOf(
            submission, TrainingStepQuery.Of(step.Wrt, step.Output, strategy), step.Points, step.Dimensions, cancellationToken);

        string OperatorOf(Node node) => node.Origin.Index >= 0 && node.Origin.Index < submission.Definition.Nodes.Count
            ? submission.Definition.Nodes[node.Origin.Index].Op
            : node.Op.Name;
    }
}
