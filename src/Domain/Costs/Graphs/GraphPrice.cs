using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>The work of one operator, over all its nodes.</summary>
/// <param name="Name">The operator.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Work">Their work.</param>
public sealed record OperatorPrice(string Name, int Nodes, Work Work);

/// <summary>The work of a set of nodes.</summary>
/// <param name="Total">The total.</param>
/// <param name="Operators">Per operator, the one with the most FLOPs first.</param>
public sealed record GraphPrice(Work Total, IReadOnlyList<OperatorPrice> Operators)
{
    /// <summary>The price of any graph, including derivatives of any order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="operatorOf">The operator to which a node belongs; if omitted, its primitive.</param>
    /// <exception cref="GraphException">A node has no rule for its cost.</exception>
    public static GraphPrice Of(Graph graph, Func<Node, string>? operatorOf = null) => Of(graph.Nodes, operatorOf);

    /// <summary>The price of some nodes; inputs and constants among them cost nothing.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="operatorOf">The operator to which a node belongs; if omitted, its primitive.</param>
    /// <exception cref="GraphException">A node has no rule for its cost.</exception>
    public static GraphPrice Of(IEnumerable<Node> nodes, Func<Node, string>? operatorOf = null)
    {
        var operators = new Dictionary<string, (int Nodes, Work Work)>(StringComparer.Ordinal);
        Work total = default;
        foreach (Node node in nodes)
        {
            Work work = NodeWork.Of(node);
            if (node.Inputs.Length == 0)
            {
                continue;
            }

            string name = operatorOf?.Invoke(node) ?? node.Op.Name;
            (int count, Work sum) = operators.GetValueOrDefault(name);
            operators[name] = (count + 1, sum + work);
            total += work;
        }

        return new GraphPrice(total, [.. operators
            .Select(pair => new OperatorPrice(pair.Key, pair.Value.Nodes, pair.Value.Work))
            .OrderByDescending(price => price.Work.Flops).ThenByDescending(price => price.Work.Bytes)
                .ThenBy(price => price.Name, StringComparer.Ordinal)]);
    }
}
