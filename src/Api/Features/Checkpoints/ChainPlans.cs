using Backprop.Api.Features.Catalogues;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Checkpoints;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Maps the checkpointing plans of a chain to the contract.</summary>
internal sealed class ChainPlans(CheckpointPlanRequest request, CheckpointPlans plans)
{
    /// <summary>How much of a list is returned.</summary>
    public const int MostListed = 1000;

    private readonly double ratio = request.BackwardToForward ?? LayerChainMapper.BackwardToForward;
    private readonly bool hasBytes = request.Bytes is not null;
    private readonly bool hasTimes = request.Milliseconds is not null;

    /// <summary>The answer.</summary>
    public CheckpointPlanAnswer Answer() => new()
    {
        Layers = plans.Layers.Count,
        Plans = new CheckpointPlanSet
        {
            None = Plan(plans.None, steps: false),
            Sqrt = Plan(plans.Sqrt, steps: false),
            BestSegments = Plan(plans.BestSegments, steps: false),
            Segments = plans.Segments is { } segments ? Plan(segments, steps: false) : null,
            Revolve = plans.Revolve is { } revolve ? Plan(revolve, steps: true) : null,
            Optimal = Plan(plans.Optimal, steps: true),
        },
        Front = [.. plans.Front.Select(Point)],
        Formulas = CostMapper.Origins(CheckpointOrigins.Of(plans, hasBytes, ratio)),
        Assumptions = [.. CheckpointOrigins.Assumptions(plans, request.MemoryBudget is not null, hasBytes, hasTimes, ratio)],
    };

    private CheckpointPlan Plan(CheckpointSchedule plan, bool steps)
    {
        ScheduleFigures figures = plan.Figures;
        return new CheckpointPlan
        {
            Checkpoints = plan.Checkpoints,
            Boundaries = [.. figures.Boundaries.Take(MostListed)],
            LiveActivations = figures.LiveActivations,
            PeakBytes = hasBytes ? figures.PeakBytes : null,
            RecomputedLayers = figures.Advances,
            ForwardSteps = figures.ForwardSteps,
            ExtraMs = hasTimes ? figures.ExtraTime : null,
            Overhead = Overhead(figures),
            Actions = steps ? [.. plan.Actions.Take(MostListed).Select(Step)] : null,
            ActionsLeftOut = steps && figures.Actions > MostListed ? figures.Actions - MostListed : null,
            Fits = request.MemoryBudget is { } budget ? figures.PeakBytes <= budget : null,
        };
    }

    private FrontPoint Point(CheckpointSchedule plan) => new()
    {
        Strategy = plan.Strategy,
        Checkpoints = plan.Checkpoints,
        Peak = plan.Figures.PeakBytes,
        Overhead = Overhead(plan.Figures),
        ExtraMs = hasTimes ? plan.Figures.ExtraTime : null,
    };

    private double Overhead(ScheduleFigures figures) => figures.ExtraTime / ((1 + ratio) * plans.Layers.TotalForward);

    private static ScheduleStep Step(CheckpointAction action) => new()
    {
        Action = (ScheduleAction)action.Kind,
        From = action.From,
        To = action.To > action.From ? action.To : null,
    };
}
