using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Tests.Allocation;

/// <summary>What a gradient leaves for the garbage collector once its plan is cached. Unlike times, bytes are reliable.</summary>
[Collection(AllocationGate.Alone)]
public class HotGradientTests
{
    private static readonly DerivativeQuery Gradient = Queries.Gradient(null, null, null, null);

    [Fact]
    public void A_small_graph_of_numbers_takes_little()
    {
        var inputs = new Dictionary<string, Tensor> { ["a"] = Tensor.Scalar(2.0), ["b"] = Tensor.Scalar(-3.0), ["c"] = Tensor.Scalar(10.0) };
        AllocationGate.Require(1024, Seed(), inputs, Gradient);
    }

    [Fact]
    public void A_batch_of_points_takes_no_more_than_one()
    {
        const int Points = 100_000;
        Dictionary<string, Tensor> inputs = new[] { "a", "b", "c" }.ToDictionary(name => name, name => Nodes.Random(Nodes.F64(Points), name[0]));
        AllocationGate.Require(2048, Seed(), inputs, Gradient, "a", "b", "c");
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void A_chain_of_elementwise_operations_takes_no_more_however_long_the_vectors(DType dtype)
    {
        GraphDefinition graph = Graph(
            ["x"], ("s", "Mul", ["x", "x"]), ("n", "Neg", ["s"]), ("e", "Exp", ["n"]), ("w", "Sin", ["x"]), ("p", "Mul", ["e", "w"]), ("L", "ReduceSum", ["p"]));
        var inputs = new Dictionary<string, Tensor> { ["x"] = Nodes.Random(new TensorType(dtype, Shape.Of(200, 1000)), 1) };
        AllocationGate.Require(2048, graph, inputs, Gradient);
    }

    [Fact]
    public void A_network_takes_no_more_than_its_gradients()
    {
        GraphDefinition graph = Graph(
            ["x", "w1", "b1", "w2", "b2", "w3", "b3", "t"],
            ("m1", "MatMul", ["x", "w1"]), ("z1", "Add", ["m1", "b1"]), ("h1", "Relu", ["z1"]),
            ("m2", "MatMul", ["h1", "w2"]), ("z2", "Add", ["m2", "b2"]), ("h2", "Relu", ["z2"]),
            ("m3", "MatMul", ["h2", "w3"]), ("z3", "Add", ["m3", "b3"]), ("L", "SoftmaxCrossEntropyLoss", ["z3", "t"]));
        var inputs = new Dictionary<string, Tensor>
        {
            ["x"] = Nodes.Random(Nodes.F32(64, 784), 1),
            ["w1"] = Nodes.Random(Nodes.F32(784, 512), 2),
            ["b1"] = Nodes.Random(Nodes.F32(512), 3),
            ["w2"] = Nodes.Random(Nodes.F32(512, 512), 4),
            ["b2"] = Nodes.Random(Nodes.F32(512), 5),
            ["w3"] = Nodes.Random(Nodes.F32(512, 10), 6),
            ["b3"] = Nodes.Random(Nodes.F32(10), 7),
            ["t"] = Tensor.Vector([.. Enumerable.Range(0, 64).Select(i => i % 10L)]),
        };
        AllocationGate.Require(4096, graph, inputs, Queries.Gradient(["w1", "b1", "w2", "b2", "w3", "b3"], null, null, null));
    }

    private static GraphDefinition Seed() => Graph(["a", "b", "c"], ("d", "Mul", ["a", "b"]), ("e", "Add", ["d", "c"]), ("L", "Mul", ["e", "e"]));

    private static GraphDefinition Graph(string[] inputs, params (string Name, string Op, string[] Operands)[] nodes) => new(
        [.. inputs.Select(name => new InputDefinition(name))],
        [],
        [.. nodes.Select(node => new NodeDefinition(node.Op, [.. node.Operands.Select(operand => (Operand)operand)], Attributes(node.Op), [node.Name]))],
        [nodes[^1].Name]);

    private static IReadOnlyDictionary<string, AttributeValue> Attributes(string op) =>
        op == "ReduceSum" ? new Dictionary<string, AttributeValue> { ["keepdims"] = 0 } : NodeDefinition.NoAttributes;
}
