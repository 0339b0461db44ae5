using Backprop.Client.Costs;
using Backprop.Infrastructure.Formats.Plots;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Plots the memory of checkpointing plans against their time.</summary>
internal static class FrontRenderer
{
    /// <summary>The plot.</summary>
    public static string Draw(CheckpointPlanAnswer answer)
    {
        bool isBytes = answer.Plans.None.PeakBytes is not null;
        var marks = new List<PlotPoint> { Mark("no checkpoints", answer.Plans.None) };
        Add("√n", answer.Plans.Sqrt);
        Add("best k", answer.Plans.BestSegments);
        Add("equal segments", answer.Plans.Segments);
        Add("revolve", answer.Plans.Revolve);
        Add(answer.Plans.None.Fits is null && answer.GraphId is null ? "optimal for its states" : "optimal", answer.Plans.Optimal);
        string what = answer.GraphId is null ? $"{answer.Layers} layers" : $"a graph of {answer.Layers} nodes";
        return FrontPlotSvg.Render(new FrontPlot(
            $"Checkpointing {what}: memory against time",
            isBytes,
            [.. answer.Front.Select(point => new PlotPoint(Named(point.Strategy, point.Checkpoints), point.Peak, point.Overhead))],
            marks));

        void Add(string name, CheckpointPlan? plan)
        {
            if (plan is not null)
            {
                marks.Add(Mark(answer.GraphId is null ? Named(name, plan.Checkpoints) : name, plan));
            }
        }
    }

    private static string Named(string name, long checkpoints) => $"{name}, {checkpoints}";

    private static PlotPoint Mark(string label, CheckpointPlan plan) => new(label, plan.PeakBytes ?? plan.LiveActivations ?? 0, plan.Overhead);
}
