using Backprop.Api.Features.Derivatives;
using Backprop.Client.Costs;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine.Checkpoints;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Maps the checkpointing plans of a graph to the contract.</summary>
internal sealed class GraphPlans(CheckpointPlanRequest request, string graphId, SurveyedGraph survey)
{
    private const string Plan799 = "Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000";
    private const string Measured = "the plan that POST /gradients runs, which reports the same figures next to the measured ones";

    /// <summary>The answer.</summary>
    public CheckpointPlanAnswer Answer() => new()
    {
        Layers = survey.Layers.Count,
        GraphId = graphId,
        Plans = new CheckpointPlanSet
        {
            None = Plan(survey.None),
            Sqrt = Plan(survey.Sqrt),
            BestSegments = Plan(survey.BestSegments),
            Segments = survey.Segments is { } segments ? Plan(segments) : null,
            Revolve = survey.Revolve is { } revolve ? Plan(revolve) : null,
            Optimal = Plan(survey.Optimal),
        },
        Front = [.. survey.Front.Select(Point)],
        Activations = [.. survey.Layers.Take(ChainPlans.MostListed).Select(layer => new LayerActivations
        {
            Node = layer.Name,
            Bytes = layer.KeptBytes,
            BoundaryBytes = layer.BoundaryBytes,
            Flops = layer.Flops,
        })],
        Formulas =
        [
            Origin("plans.*.peakBytes",
                "the peak bytes of the buffers of the compiled plan: working memory and results, without inputs and constants",
                Measured),
            Origin("plans.*.recomputedFlops", "Σ FLOPs of the recomputed nodes, as counted by the operator table", Measured),
            Origin("plans.*.overhead", "recomputedFlops / flops of plans.none", "one forward and one backward pass"),
            Origin("plans.revolve", "slots = checkpoints − 1: the states stored in addition to the inputs", Plan799),
        ],
        Assumptions =
        [
            "The plans are those of POST /gradients for the same graph, shapes, wrt, output, dtype, batch and device, without clipNorm and trace.",
            request.MemoryBudget is null
                ? "Without a memoryBudget, plans.optimal has the fewest recomputed operations among plans with at most the memory of plans.segments."
                : "plans.optimal has the fewest recomputed operations of the plans found within the budget.",
            "Dynamic programming over the layers proposes which values to keep; each proposal is then compiled.",
        ],
    };

    private CheckpointPlan Plan(CheckpointFacts facts) => new()
    {
        Checkpoints = facts.SavedValues,
        PeakBytes = facts.PlannedPeakBytes,
        Overhead = Overhead(facts),
        RecomputedFlops = facts.RecomputedFlops,
        Flops = facts.Flops,
        Fits = request.MemoryBudget is { } budget ? facts.PlannedPeakBytes <= budget : null,
        Checkpointing = CheckpointingMapper.Contract(facts.Strategy),
    };

    private FrontPoint Point(CheckpointFacts facts)
    {
        CheckpointingContract strategy = CheckpointingMapper.Contract(facts.Strategy);
        return new FrontPoint
        {
            Strategy = strategy switch
            {
                { Every: not null } => "segments",
                { Save: not null } => "optimal",
                { Schedule: { } schedule } => schedule,
                _ => strategy.Strategy!,
            },
            Checkpoints = facts.SavedValues,
            Peak = facts.PlannedPeakBytes,
            Overhead = Overhead(facts),
            Checkpointing = strategy,
        };
    }

    private double Overhead(CheckpointFacts facts) => survey.None.Flops == 0 ? 0 : facts.RecomputedFlops / survey.None.Flops;

    private static FigureOrigin Origin(string figure, string formula, string source) => new() { Figure = figure, Formula = formula, Source = source };
}
