using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.HigherOrder;

/// <summary>The graph of a Jacobian grows with its inputs and outputs, not with their pairs; its blocks are correct for all shapes.</summary>
public class JacobianGrowthTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_scalars_take_nodes_for_each_and_not_for_each_pair(bool hessian)
    {
        int few = Nodes(100, hessian), many = Nodes(400, hessian);
        many.ShouldBeLessThan(5 * few);
        many.ShouldBeLessThan(40 * 400);
    }

    // y_k = s·Σ v·k + t², z = s·t·v: scalars and a vector, in both modes, with and without a batch.
    [Theory]
    [InlineData(JacobianMode.Forward, false)]
    [InlineData(JacobianMode.Reverse, false)]
    [InlineData(JacobianMode.Forward, true)]
    [InlineData(JacobianMode.Reverse, true)]
    public void Blocks_of_mixed_shapes_are_cut_where_they_are(JacobianMode mode, bool batched)
    {
        NodeDefinition[] nodes =
        [
            Node("sum", "ReduceSum", ("keepdims", 0L), "v"), Node("product", "Mul", null, "s", "sum"), Node("square", "Mul", null, "t", "t"),
            Node("y", "Add", null, "product", "square"), Node("st", "Mul", null, "s", "t"), Node("z", "Mul", null, "st", "v"),
        ];
        var graph = new GraphDefinition([new("s"), new("v"), new("t")], [], nodes, ["y", "z"]);
        double[] s = [2, 3], t = [5, 7], v = [1, 2, 3, 4, 5, 6];
        int points = batched ? 2 : 1;
        Dictionary<string, Literal> values = batched
            ? new() { ["s"] = new(Tensor.Vector(s)), ["t"] = new(Tensor.Vector(t)), ["v"] = new(Tensor.Of(v, Shape.Of(2, 3))) }
            : new() { ["s"] = Literal.Of(s[0]), ["t"] = Literal.Of(t[0]), ["v"] = new(Tensor.Vector(v[..3])) };
        string[] batch = batched ? ["s", "v", "t"] : [];
        (Execution run, JacobianFacts facts) = Engine.Describe(graph, values, Queries.Jacobian(null, null, mode), DType.Float64, batch);
        Func<int, int, Tensor> blocks = facts.Blocks(run);
        for (int p = 0; p < points; p++)
        {
            double[] own = v[(3 * p)..((3 * p) + 3)];
            Same(blocks(0, 0), p, [], [own.Sum()]);
            Same(blocks(0, 1), p, [3], [s[p], s[p], s[p]]);
            Same(blocks(0, 2), p, [], [2 * t[p]]);
            Same(blocks(1, 0), p, [3], [.. own.Select(x => t[p] * x)]);
            Same(blocks(1, 1), p, [3, 3], [.. Enumerable.Range(0, 9).Select(i => i % 4 == 0 ? s[p] * t[p] : 0)]);
            Same(blocks(1, 2), p, [3], [.. own.Select(x => s[p] * x)]);
        }

        void Same(Tensor block, int point, int[] shape, double[] expected)
        {
            block.Shape.ShouldBe(batched ? Shape.Of([2, .. shape]) : Shape.Of(shape));
            for (int i = 0; i < expected.Length; i++)
            {
                block[(point * expected.Length) + i].ShouldBe(expected[i], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(JacobianMode.Forward)]
    [InlineData(JacobianMode.Reverse)]
    public void Element_types_stay_apart(JacobianMode mode)
    {
        NodeDefinition[] nodes =
        [
            Node("wide", "Cast", ("to", 11L), "single"), Node("y", "Mul", null, "wide", "double"), Node("z", "Cast", ("to", 1L), "y"),
        ];
        var graph = new GraphDefinition([new("single", DType.Float32), new("double", DType.Float64)], [], nodes, ["y", "z"]);
        Dictionary<string, Literal> values = new() { ["single"] = Literal.Of(2), ["double"] = Literal.Of(3) };
        (Execution run, JacobianFacts facts) = Engine.Describe(graph, values, Queries.Jacobian(null, null, mode));
        Func<int, int, Tensor> blocks = facts.Blocks(run);
        foreach (int output in new[] { 0, 1 })
        {
            blocks(output, 0)[0].ShouldBe(3);
            blocks(output, 1)[0].ShouldBe(2);
        }
    }

    private static int Nodes(int scalars, bool hessian)
    {
        string[] names = [.. Enumerable.Range(0, scalars).Select(i => $"x{i}")];
        NodeDefinition[] nodes =
        [
            Node("sum", "Sum", null, names), Node("f", "Mul", null, "sum", "sum"),
            .. names.Select(name => Node($"{name} out", "Mul", null, name, "sum")),
        ];
        string[] outputs = hessian ? ["f"] : [.. names.Select(name => $"{name} out")];
        var graph = new GraphDefinition([.. names.Select(name => new InputDefinition(name))], [], nodes, outputs);
        Dictionary<string, Literal> values = names.Index().ToDictionary(name => name.Item, name => Literal.Of(name.Index + 1));
        DerivativeQuery<JacobianFacts> query = hessian ? Queries.Hessian(null, null) : Queries.Jacobian(null, null, JacobianMode.Auto);
        (Execution run, JacobianFacts facts) = Engine.Describe(graph, values, query);
        Func<int, int, Tensor> blocks = facts.Blocks(run);
        double expected = hessian ? 2 : 1 + (scalars * (scalars + 1) / 2.0);
        blocks(0, 0)[0].ShouldBe(expected, 1e-12);
        blocks(scalars - 1, 0)[0].ShouldBe(hessian ? 2 : scalars, 1e-12);
        return run.Query.Graph.Nodes.Count;
    }

    private static NodeDefinition Node(string name, string op, (string Name, AttributeValue Value)? attribute, params string[] operands) => new(
        op,
        [.. operands.Select(operand => (Operand)operand)],
        attribute is { } given ? new Dictionary<string, AttributeValue> { [given.Name] = given.Value } : NodeDefinition.NoAttributes,
        [name]);
}
