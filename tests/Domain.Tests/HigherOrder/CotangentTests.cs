using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.HigherOrder;

/// <summary>
/// The cotangents of the parts of a value are concatenated if they are adjacent, in whatever order they arrive, and added otherwise.
/// </summary>
public class CotangentTests
{
    [Theory]
    [InlineData(0, new[] { 0, 2, 2, 2, 4, 2 }, 1, 0)]
    [InlineData(0, new[] { 4, 2, 0, 2, 2, 2 }, 1, 0)]
    [InlineData(1, new[] { 0, 1, 1, 3 }, 1, 0)]
    [InlineData(0, new[] { 1, 2, 3, 1 }, 1, 1)]
    [InlineData(0, new[] { 0, 2, 4, 2 }, 0, 2)]
    [InlineData(0, new[] { 0, 4, 2, 4 }, 0, 2)]
    [InlineData(0, new[] { 0, 3, 0, 3 }, 0, 2)]
    public void Parts_side_by_side_are_joined(int axis, int[] parts, int joins, int pads)
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(6, 4)));
        Node sum = b.Scalar(0, DType.Float64);
        for (int i = 0; i < parts.Length; i += 2)
        {
            sum = b.Add(sum, b.Times(b.Total(b.Square(b.SliceAxis(x, axis, parts[i], parts[i + 1]))), i + 1));
        }

        var graph = new Graph([x], [new NamedNode("f", sum)]);
        Node gradient = ReverseMode.Pullback(b, graph.Nodes, new Dictionary<Node, Node> { [sum] = b.Scalar(1, DType.Float64) }, [x])[0]!;
        var backward = new Graph([x], [new NamedNode("df/dx", gradient)]);
        backward.Nodes.Count(node => node.Op.Name == "Concat").ShouldBe(joins);
        backward.Nodes.Count(node => node.Op.Name == "Pad").ShouldBe(pads);

        Tensor at = SampleValues.X(6, 4);
        Tensor made = Engine.Interpret(backward, [at])[0];
        for (int i = 0; i < at.Count; i++)
        {
            int place = axis == 0 ? i / 4 : i % 4;
            double weight = Enumerable.Range(0, parts.Length / 2).Where(k => place >= parts[2 * k] && place < parts[2 * k] + parts[(2 * k) + 1]).Sum(k => (2.0 * k) + 1);
            made[i].ShouldBe(2 * weight * at[i], 1e-12);
        }
    }
}
