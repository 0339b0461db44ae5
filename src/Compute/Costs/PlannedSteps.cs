using Backprop.Compute.Compilation;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Costs;

/// <summary>
/// The steps of a plan with their memory traffic: a fused group reads its operands and writes its results, and a view moves nothing.
/// </summary>
internal static class PlannedSteps
{
    /// <summary>The steps in execution order; a scalar program is one.</summary>
    public static IReadOnlyList<PlannedStep> Of(Plan plan)
    {
        if (plan.Program is not null)
        {
            Node[] all = [.. plan.Graph.Nodes.Where(node => !node.IsLeaf())];
            return [new PlannedStep(all, Bytes(plan.Graph.Inputs), Bytes(plan.Graph.Outputs.Select(output => output.Node)))];
        }

        Dictionary<Node, int> indices = plan.Graph.Nodes.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. plan.Steps.Select(step => step >= 0 ? Single(plan.Graph.Nodes[step]) : Group(plan, plan.Groups[~step], indices))];
    }

    private static PlannedStep Single(Node node)
    {
        Work work = NodeWork.Of(node);
        return new PlannedStep([node], work.BytesRead, work.BytesWritten);
    }

    private static PlannedStep Group(Plan plan, StepGroup group, Dictionary<Node, int> indices)
    {
        HashSet<int> outside = [.. group.Operands];
        var members = new HashSet<Node>();
        var pending = new Stack<Node>(group.Results.Select(index => plan.Graph.Nodes[index]));
        while (pending.TryPop(out Node? node))
        {
            if (!node.IsLeaf() && !outside.Contains(indices[node]) && members.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return new PlannedStep(
            [.. members.Where(node => !IsThere(node, members)).OrderBy(node => node.Id)],
            Bytes(group.Operands.Distinct().Select(index => plan.Graph.Nodes[index])),
            Bytes(group.Results.Select(index => plan.Graph.Nodes[index])));
    }

    // The exponential of a log-softmax is the softmax, whose powers the loop has already computed.
    private static bool IsThere(Node node, HashSet<Node> members) =>
        node.Op == Elementwise.ExpOp && node.Inputs[0].Op == Reductions.LogSoftmaxOp && members.Contains(node.Inputs[0]);

    private static Int128 Bytes(IEnumerable<Node> nodes) =>
        nodes.Aggregate((Int128)0, (sum, node) => sum + ((Int128)node.Type.Count * node.DType.Size()));
}
