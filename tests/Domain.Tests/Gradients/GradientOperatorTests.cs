using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Gradients;

/// <summary>The operator Gradient: the names in its attributes determine what it differentiates.</summary>
public class GradientOperatorTests
{
    private static readonly NodeDefinition Cube = Node("Mul", ["s", "x"], "y");
    private static readonly NodeDefinition Square = Node("Mul", ["x", "x"], "s");

    [Fact]
    public void Its_order_is_as_high_as_it_is_applied()
    {
        Execution answer = Run([Gradient(["x"], ["x"], "y", "d"), Square, Gradient(["x"], ["x"], "d", "dd"), Cube], ["d", "dd"], ("x", 2));
        answer[ResultKey.Output("d")][0].ShouldBe(12, 1e-12);
        answer[ResultKey.Output("dd")][0].ShouldBe(12, 1e-12);
        Execution third = Engine.Run(
            Graph([Square, Cube, Gradient(["x"], ["x"], "y", "d"), Gradient(["x"], ["x"], "d", "dd")], ["dd"], "x"), Values(("x", 2)), Queries.Gradient(null, null, null, null));
        third[ResultKey.Gradient("x")][0].ShouldBe(6, 1e-12);
    }

    [Fact]
    public void Its_operands_say_where_the_derivative_is_taken()
    {
        Execution answer = Run([Square, Cube, Gradient(["u"], ["x"], "y", "d")], ["y", "d"], ("x", 2), ("u", 5));
        answer[ResultKey.Output("y")][0].ShouldBe(8, 1e-12);
        answer[ResultKey.Output("d")][0].ShouldBe(75, 1e-12);
    }

    [Fact]
    public void Values_among_xs_and_zs_are_held_apart()
    {
        NodeDefinition both = Gradient(["x", "s"], ["x", "s"], "y", "dx") with { Outputs = ["dx", "ds"] };
        Execution answer = Run([Square, Cube, both], ["dx", "ds"], ("x", 2));
        answer[ResultKey.Output("dx")][0].ShouldBe(4, 1e-12);
        answer[ResultKey.Output("ds")][0].ShouldBe(2, 1e-12);
        NodeDefinition held = Gradient(["x", "s"], ["x"], "y", "dx") with
        {
            Attributes = new Dictionary<string, AttributeValue> { ["xs"] = new[] { "x" }, ["zs"] = new[] { "s" }, ["y"] = "y" },
        };
        Run([Square, Cube, held], ["dx"], ("x", 2))[ResultKey.Output("dx")][0].ShouldBe(4, 1e-12);
    }

    [Fact]
    public void What_y_does_not_depend_on_has_gradient_zero() =>
        Run([Square, Cube, Gradient(["u"], ["u"], "y", "d")], ["d"], ("x", 2), ("u", 5))[ResultKey.Output("d")][0].ShouldBe(0);

    [Theory]
    [InlineData("x", "x", "none", "graph.nodes[2].attributes.y")]
    [InlineData("x", "none", "y", "graph.nodes[2].attributes.xs")]
    [InlineData("x", "x", "d", "graph.nodes[2]")]
    [InlineData("v", "x", "y", "graph.nodes[2].inputs[0]")]
    [InlineData("x u", "x", "y", "graph.nodes[2]")]
    public void What_is_wrong_is_told_by_its_path(string operands, string xs, string y, string path)
    {
        GraphDefinition graph = Graph([Square, Cube, Gradient(operands.Split(' '), [xs], y, "d")], ["d"], "x", "u", "v");
        Dictionary<string, Literal> values = Values(("x", 2), ("u", 3));
        values["v"] = new Literal(Tensor.Vector(1.0, 2.0));
        var refusal = Should.Throw<GraphException>(() => Engine.Run(graph, values, Queries.Evaluation()));
        refusal.Path.ShouldBe(path);
        refusal.Node.ShouldBe("d");
    }

    [Fact]
    public void The_canonical_form_puts_it_behind_the_values_that_it_names()
    {
        CanonicalForm form = CanonicalForm.Of(Graph([Gradient(["x"], ["x"], "y", "a"), Square, Cube], ["a"], "x"));
        form.Definition.Nodes.Select(node => node.Name).ShouldBe(["s", "y", "a"]);
        Engine.Run(form.Definition, Values(("x", 2)), Queries.Evaluation())[ResultKey.Output("a")][0].ShouldBe(12, 1e-12);
    }

    private static Execution Run(NodeDefinition[] nodes, string[] outputs, params (string Name, double Value)[] values) =>
        Engine.Run(Graph(nodes, outputs, [.. values.Select(value => value.Name)]), Values(values), Queries.Evaluation());

    private static GraphDefinition Graph(NodeDefinition[] nodes, string[] outputs, params string[] inputs) =>
        new([.. inputs.Select(name => new InputDefinition(name))], [], nodes, outputs);

    private static Dictionary<string, Literal> Values(params (string Name, double Value)[] values) =>
        values.ToDictionary(value => value.Name, value => Literal.Of(value.Value));

    private static NodeDefinition Node(string op, string[] inputs, string name) =>
        new(op, [.. inputs.Select(input => (Operand)input)], NodeDefinition.NoAttributes, [name]);

    private static NodeDefinition Gradient(string[] operands, string[] xs, string y, string name) =>
        Node("Gradient", operands, name) with { Attributes = new Dictionary<string, AttributeValue> { ["xs"] = xs, ["y"] = y } };
}
