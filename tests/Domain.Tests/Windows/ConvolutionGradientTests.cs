using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Windows;

/// <summary>The gradients of a convolution are convolutions of no more than what is needed.</summary>
public class ConvolutionGradientTests
{
    private readonly GraphBuilder b = new();

    [Fact]
    public void By_values_nothing_is_computed_that_is_cut_off_again()
    {
        Graph gradient = Simplification.Apply(Gradient([1, 1], wrt: 0), HostExecutor.Evaluate);
        Node convolution = gradient.Nodes.Where(node => node.Op.Name == "Conv").ShouldHaveSingleItem();
        convolution.ShouldBe(gradient.Outputs[0].Node);
        convolution.Shape.ShouldBe(Shape.Of(2, 3, 8, 9));
        convolution.Inputs[0].Op.Name.ShouldBe("Pad");
    }

    [Fact]
    public void By_the_kernel_one_convolution_runs_over_all_points()
    {
        Graph gradient = Simplification.Apply(Gradient([1, 1], wrt: 1), HostExecutor.Evaluate);
        Node convolution = gradient.Nodes.Where(node => node.Op.Name == "Conv").ShouldHaveSingleItem();
        convolution.Inputs[1].Shape.ShouldBe(Shape.Of(4, 2, 8, 9));
        convolution.Shape.ShouldBe(Shape.Of(3, 4, 3, 3));
    }

    [Fact]
    public void With_strides_products_are_added_where_they_overlap()
    {
        Graph gradient = Simplification.Apply(Gradient([2, 1], wrt: 0), HostExecutor.Evaluate);
        gradient.Nodes.Count(node => node.Op.Name == "Fold").ShouldBe(2);
        gradient.Nodes.ShouldNotContain(node => node.Op.Name == "Conv");
    }

    [Fact]
    public void Without_points_there_is_nothing_to_learn()
    {
        var graph = new GraphDefinition(
            [new InputDefinition("x"), new InputDefinition("w")],
            [],
            [
                new NodeDefinition("Conv", ["x", "w"], new Dictionary<string, AttributeValue> { ["strides"] = new[] { 2 } }, ["c"]),
                new NodeDefinition("Exp", ["c"], NodeDefinition.NoAttributes, ["e"]),
                new NodeDefinition("ReduceSum", ["e"], new Dictionary<string, AttributeValue> { ["keepdims"] = 0L }, ["y"]),
            ],
            ["y"]);
        var values = new Dictionary<string, Literal>
        {
            ["x"] = new Literal(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of(0, 1, 4)))),
            ["w"] = new Literal(Tensor.Filled(new TensorType(DType.Float64, Shape.Of(2, 1, 2)), 0.5)),
        };
        Execution gradient = Engine.Run(graph, values, Queries.Gradient(null, null, null, null));
        gradient[ResultKey.Gradient("w")].ShouldBeClose(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of(2, 1, 2))), 0, 0, "gradient");
        Execution hessian = Engine.Run(graph, values, Queries.Hessian(null, null));
        hessian.Results.ShouldAllBe(block => block.Value.Values<double>().ToArray().All(element => element == 0));
    }

    private Graph Gradient(int[] strides, int wrt)
    {
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(2, 3, 8, 9))), w = b.Input("w", new TensorType(DType.Float64, Shape.Of(4, 3, 3, 3)));
        Node y = b.Conv(b.Pad(x, [0, 0, 1, 1], [0, 0, 1, 1]), w, strides, [1, 1], 1);
        Node g = b.Input("g", y.Type);
        var graph = new Graph([x, w, g], [new NamedNode("y", y)]);
        Node[] by = [x, w];
        Node gradient = ReverseMode.Pullback(b, graph.Nodes, new Dictionary<Node, Node> { [y] = g }, [by[wrt]])[0]!;
        return new Graph([x, w, g], [new NamedNode("gradient", gradient)]);
    }
}
