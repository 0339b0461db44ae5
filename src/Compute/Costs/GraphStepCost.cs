using Backprop.Compute.Engine;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Costs;

/// <summary>The cost of one step of a graph: its value and gradients, priced and planned but not run.</summary>
/// <param name="Price">FLOPs, transcendentals and bytes of the forward and the backward pass.</param>
/// <param name="Forward">The plan of only the value.</param>
/// <param name="Step">The plan of value and gradients, under the requested checkpointing.</param>
/// <param name="Plain">The plan of value and gradients with everything kept; the same if no checkpointing was requested.</param>
/// <param name="OperatorOf">The submitted operator that a node belongs to.</param>
public sealed record GraphStepCost(
    StepPrice Price, CompiledQuery Forward, CompiledQuery<StepFacts> Step, CompiledQuery<StepFacts> Plain, Func<Node, string> OperatorOf)
{
    /// <summary>What was differentiated with respect to.</summary>
    public StepFacts Wrt => Step.Metadata;

    /// <summary>Bytes of working memory and results of the step: exactly those of its run.</summary>
    public long PeakBytes => Step.Plan.PeakBytes;

    /// <summary>Bytes of the gradients, which are part of the peak.</summary>
    public long GradientBytes => Step.Graph.Outputs.Skip(1).Sum(output => output.Node.Type.Count * output.Node.DType.Size());

    /// <summary>Bytes of all inputs and constants other than those differentiated with respect to.</summary>
    public long DataBytes => Math.Max(0, LeafBytes - Wrt.Bytes);

    private long LeafBytes => Step.Graph.Nodes.Where(node => node.Inputs.Length == 0).Concat(Step.Graph.Inputs).Distinct()
        .Sum(node => node.Type.Count * node.DType.Size());

    /// <summary>The times of the passes on a device.</summary>
    /// <param name="rates">The rates of the device at either end, for a plan.</param>
    public GraphStepTime Time(Func<CompiledQuery, (DeviceRates Fastest, DeviceRates Typical)> rates)
    {
        GraphTime step = Of(Step), plain = ReferenceEquals(Step, Plain) ? step : Of(Plain), forward = Of(Forward);
        return new GraphStepTime(step.Seconds, forward.Seconds, Rest(plain.Seconds, forward.Seconds), Rest(step.Seconds, plain.Seconds),
            step.Operators);

        GraphTime Of(CompiledQuery compiled)
        {
            (DeviceRates fastest, DeviceRates typical) = rates(compiled);
            return GraphTime.Of(PlannedSteps.Of(compiled.Plan), fastest, typical, OperatorOf);
        }
    }

    private static Interval Rest(Interval whole, Interval part) => new(Math.Max(whole.Lower - part.Lower, 0), Math.Max(whole.Upper - part.Upper, 0));
}

/// <summary>Seconds of the passes.</summary>
/// <param name="Step">Value and gradients.</param>
/// <param name="Forward">Only the value.</param>
/// <param name="Backward">The additional time for the gradients.</param>
/// <param name="Recomputed">The additional time due to checkpointing.</param>
/// <param name="Operators">Per operator, the slowest first.</param>
public sealed record GraphStepTime(Interval Step, Interval Forward, Interval Backward, Interval Recomputed,
    IReadOnlyList<OperatorDuration> Operators);
