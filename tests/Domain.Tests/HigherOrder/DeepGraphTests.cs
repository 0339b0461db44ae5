using System.Text.Json;
using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.HigherOrder;

/// <summary>A request may choose any depth: nothing may recurse along it, or walk it again for each node.</summary>
public class DeepGraphTests
{
    private const int Depth = 100_000;

    [Fact]
    public void The_gradient_of_a_chain_of_a_hundred_thousand_nodes()
    {
        GraphDefinition graph = Chain(Depth);
        Execution answer = Engine.Run(graph, Inputs, Queries.Gradient(null, null, null, null));
        (double value, double dx, double dc) = Expected(Depth);
        answer[ResultKey.Value][0].ShouldBe(value, 1e-12);
        answer[ResultKey.Gradient("x")][0].ShouldBe(dx, 1e-12);
        answer[ResultKey.Gradient("c")][0].ShouldBe(dc, 1e-9);
    }

    [Fact]
    public void Tangents_and_the_gradient_graph_of_a_long_chain()
    {
        const int Long = Depth / 4;
        GraphDefinition graph = Chain(Long);
        double dc = Expected(Long).Dc;
        Dictionary<string, Literal> tangents = new() { ["c"] = Literal.Of(1) };
        Engine.Run(graph, Inputs, Queries.JacobianVectorProduct(tangents))[ResultKey.Tangent(graph.Outputs[0])][0].ShouldBe(dc, 1e-9);

        GraphDefinition gradient = GradientGraph.Of(Engine.Bind(graph, Inputs), graph.Outputs[0], ["c"], HostExecutor.Evaluate);
        GraphDefinition read = WireReader.Graph(JsonDocument.Parse(GraphJson.Write(gradient)).RootElement);
        Engine.Run(read, Inputs, Queries.Evaluation()).Results[0].Value[0].ShouldBe(dc, 1e-9);
    }

    // Every shape operand is one integer operation deeper than the previous one.
    [Fact]
    public void Shapes_computed_along_a_chain_are_computed_once()
    {
        var nodes = new List<NodeDefinition>();
        (string x, string shape) = ("x", "n");
        for (int i = 0; i < Depth / 4; i++)
        {
            nodes.Add(new NodeDefinition("Abs", [shape], NodeDefinition.NoAttributes, [shape = $"n{i}"]));
            nodes.Add(new NodeDefinition("Reshape", [x, shape], NodeDefinition.NoAttributes, [x = $"x{i}"]));
        }

        var graph = new GraphDefinition([new("x"), new("n", DType.Int64)], [], nodes, [x]);
        Dictionary<string, Literal> inputs = new() { ["x"] = new(Tensor.Of(new double[6], Shape.Of(6))), ["n"] = Literal.Of(2, 3) };
        Engine.Run(graph, inputs, Queries.Evaluation()).Results[0].Value.Shape.ShouldBe(Shape.Of(2, 3));
    }

    private static Dictionary<string, Literal> Inputs => new() { ["x"] = Literal.Of(0.4), ["c"] = Literal.Of(0.8) };

    // x ↦ sin x + c, repeated: each step contracts towards a fixed point, so that nothing overflows.
    private static GraphDefinition Chain(int length)
    {
        var nodes = new List<NodeDefinition>();
        string last = "x";
        for (int i = 0; i < length / 2; i++)
        {
            nodes.Add(new NodeDefinition("Sin", [last], NodeDefinition.NoAttributes, [$"s{i}"]));
            nodes.Add(new NodeDefinition("Add", [$"s{i}", "c"], NodeDefinition.NoAttributes, [last = $"a{i}"]));
        }

        return new GraphDefinition([new("x"), new("c")], [], nodes, [last]);
    }

    private static (double Value, double Dx, double Dc) Expected(int length)
    {
        (double x, double dx, double dc) = (0.4, 1, 0);
        for (int i = 0; i < length / 2; i++)
        {
            (dx, dc) = (Math.Cos(x) * dx, (Math.Cos(x) * dc) + 1);
            x = Math.Sin(x) + 0.8;
        }

        return (x, dx, dc);
    }
}
