using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>What the table states about each operator is true.</summary>
public class TableTests
{
    public static TheoryData<string> Rows => [.. OperatorTable.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_has_samples_and_is_as_differentiable_as_it_says(string name)
    {
        Operator row = OperatorTable.Find(name)!;
        Projection[] samples = [.. OperatorSamples.All.Where(sample => sample.Operator == name).Select(sample => new Projection(sample))];
        samples.ShouldNotBeEmpty($"{name} has no sample");
        bool moves = samples.Any(sample => sample.IsDifferentiable && Gradients(sample).Any(gradient => !IsZero(gradient)));
        moves.ShouldBe(row.Differentiability == Differentiability.Differentiable, $"{name} has a gradient that is not zero");
        if (row.Differentiability == Differentiability.NotDifferentiable)
        {
            samples.ShouldAllBe(sample => !sample.IsDifferentiable);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_tells_its_rule_and_its_cost(string name)
    {
        Operator row = OperatorTable.Find(name)!;
        row.Derivative.ShouldNotBeNullOrWhiteSpace();
        row.Flops.ShouldNotBeNullOrWhiteSpace();
        foreach (Projection sample in OperatorSamples.All.Where(sample => sample.Operator == name).Select(sample => new Projection(sample)))
        {
            Engine.Bind(sample.Definition, sample.Inputs).Graph.Nodes.ShouldAllBe(node => node.Op.Flops(node) >= 0);
        }
    }

    [Fact]
    public void A_primitive_without_a_rule_is_named_with_its_node()
    {
        var made = new Primitive("Opaque", null, (b, node, inputs, _, _) => b.Make(node.Op, node.Type, inputs), _ => 0);
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar));
        b.Origin = new Origin("z", 4);
        Node z = b.Make(made, x.Type, [x]);
        var graph = new Graph([x], [new NamedNode("z", z)]);

        var reverse = Should.Throw<GraphException>(() => ReverseMode.Pullback(b, graph.Nodes, new Dictionary<Node, Node> { [z] = x }, [x]));
        var forward = Should.Throw<GraphException>(() => ForwardMode.Pushforward(b, graph, new Dictionary<Node, Node> { [x] = x }));
        foreach (GraphException error in new[] { reverse, forward })
        {
            error.Message.ShouldContain("Opaque");
            error.Node.ShouldBe("z");
            error.Path.ShouldBe("graph.nodes[4].op");
        }
    }

    private static IEnumerable<Tensor> Gradients(Projection sample)
    {
        Execution answer = Engine.Run(sample.Definition, sample.Inputs, Queries.Gradient(null, null, null, null));
        return sample.FloatInputs.Select(input => answer[ResultKey.Gradient(input)]);
    }

    private static bool IsZero(Tensor tensor) => Enumerable.Range(0, tensor.Count).All(i => tensor[i] == 0);
}
