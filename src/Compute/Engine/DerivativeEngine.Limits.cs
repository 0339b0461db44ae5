using Backprop.Compute.Devices;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Engine;

/// <content>Limits on the cost of a run, checked before anything is allocated.</content>
public sealed partial class DerivativeEngine
{
    /// <summary>Checks that a plan may be run this many times.</summary>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public void RequireAffordable(CompiledQuery compiled, long times)
    {
        if (IsEmulated(compiled))
        {
            RequireEmulated(compiled.Graph, times);
        }

        double flops = times * compiled.Graph.Nodes.Sum(node => (double)node.Op.Flops(node));
        if (flops > limits.MaxFlops)
        {
            throw new LimitException("Limits:MaxFlops", limits.MaxFlops, $"{flops:0} floating-point operations in {times} evaluations");
        }
    }

    /// <summary>How often a plan may be run within one request, at least once.</summary>
    public long AffordableRuns(CompiledQuery compiled)
    {
        (double operations, double most) = IsEmulated(compiled)
            ? (EmulatedOperations(compiled.Graph), limits.MaxEmulatedFlops)
            : (compiled.Graph.Nodes.Sum(node => (double)node.Op.Flops(node)), limits.MaxFlops);
        return operations == 0 ? long.MaxValue : (long)Math.Clamp(most / operations, 1, long.MaxValue / 2);
    }

    private static bool IsEmulated(CompiledQuery compiled) => compiled.Device?.Device.Kind == DeviceKind.IlgpuCpu;

    private void RequireWithinLimits(Graph graph, CancellationToken cancellationToken)
    {
        long answer = Sum(graph.Outputs.Select(output => output.Node.Type.Count));
        if (answer > limits.MaxAnswerElements)
        {
            throw new LimitException("Limits:MaxAnswerElements", limits.MaxAnswerElements, $"{answer} elements in the answer");
        }

        GraphLimits.Require(graph, limits, cancellationToken);
    }

    private void RequireFlops(double flops) => GraphLimits.RequireFlops(flops, limits);

    // An emulated operation takes as long as a thousand on the host, and moving an element takes no less.
    private void RequireEmulated(Graph graph, long times)
    {
        double operations = times * EmulatedOperations(graph);
        if (operations > limits.MaxEmulatedFlops)
        {
            throw new LimitException("Limits:MaxEmulatedFlops", limits.MaxEmulatedFlops, $"{operations:0} operations on ilgpuCpu");
        }
    }

    private static double EmulatedOperations(Graph graph) =>
        graph.Nodes.Sum(node => node.IsLeaf() || node.Op.IsAlias ? 0 : Math.Max(node.Type.Count, (double)node.Op.Flops(node)));

    private static long Sum(IEnumerable<long> counts) =>
        counts.Aggregate(0L, (sum, count) => sum > long.MaxValue - count ? long.MaxValue : sum + count);
}
