using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>The order of a graph's nodes, however they are written down.</summary>
public class TopologicalOrderTests
{
    private const int Most = 12;

    // For each node the nodes that it uses, by bits, and where it is written down.
    private static readonly Gen<(int[] Uses, int[] Places)> Graphs = Gen.Select(Gen.Int[0, (1 << Most) - 1].Array[1, Most], Gen.Int, Gen.Bool).Select((uses, seed, isOrdered) =>
    {
        int[] places = [.. Enumerable.Range(0, uses.Length)];
        if (!isOrdered)
        {
            new Random(seed).Shuffle(places);
        }

        return (uses, places);
    });

    [Fact]
    public void The_first_node_that_can_be_computed_comes_first() => Graphs.Sample(graph =>
    {
        GraphDefinition definition = Definition(graph.Uses, graph.Places);
        (TopologicalOrder order, int[] byName) = TopologicalOrder.WithNameOrder(definition);
        order.Order.ShouldBe(Expected(definition, place => $"{place:000}"));
        TopologicalOrder.Of(definition).Order.ShouldBe(order.Order);
        byName.ShouldBe(Expected(definition, place => definition.Nodes[place].Name));
    });

    [Fact]
    public void The_canonical_form_passes_on_what_it_found_out()
    {
        GraphDefinition definition = Definition([0, 1, 3], [2, 0, 1]);
        TopologicalOrder source = CanonicalForm.Of(definition).Source.ShouldNotBeNull();
        source.Definition.ShouldBeSameAs(definition);
        source.Normalized(1).ShouldBeSameAs(source.Normalized(1));
    }

    // Of all nodes whose operands are there the least, again and again.
    private static List<int> Expected(GraphDefinition definition, Func<int, string> rank)
    {
        var order = new List<int>();
        HashSet<string> known = ["x"];
        while (order.Count < definition.Nodes.Count)
        {
            int next = Enumerable.Range(0, definition.Nodes.Count).Except(order)
                .Where(place => definition.Nodes[place].Inputs.All(input => known.Contains(input.Name!)))
                .OrderBy(rank, StringComparer.Ordinal).First();
            order.Add(next);
            known.Add(definition.Nodes[next].Name);
        }

        return order;
    }

    private static GraphDefinition Definition(int[] uses, int[] places)
    {
        var nodes = new NodeDefinition[uses.Length];
        for (int i = 0; i < uses.Length; i++)
        {
            IEnumerable<string> operands = Enumerable.Range(0, i).Where(used => (uses[i] >> used & 1) != 0).Select(Name);
            nodes[places[i]] = new NodeDefinition("Sum", [.. operands.Prepend("x").Select(operand => (Operand)operand)], NodeDefinition.NoAttributes, [Name(i)]);
        }

        return new GraphDefinition([new InputDefinition("x")], [], nodes, [Name(uses.Length - 1)]);
    }

    // Not in the order of the nodes.
    private static string Name(int node) => $"n{node * 7 % Most:00}";
}
