using Backprop.Compute.Compilation;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>A part of a step, compiled.</summary>
/// <param name="Step">The graph, and what its inputs and outputs are.</param>
/// <param name="Plan">The plan.</param>
internal sealed record StepPlan(StepGraph Step, Plan Plan)
{
    /// <summary>Compiles a part of a step.</summary>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public static StepPlan Compile(StepGraph step, EngineLimits limits, CancellationToken cancellationToken)
    {
        GraphLimits.Require(step.Graph, limits, cancellationToken);
        return new StepPlan(step, Plan.Compile(step.Graph, HostExecutor.RepeatedTarget, cancellationToken));
    }

    /// <summary>The floating-point operations of a run.</summary>
    public double Flops => Plan.Graph.Nodes.Sum(node => (double)node.Op.Flops(node));
}
