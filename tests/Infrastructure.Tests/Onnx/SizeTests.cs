using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Infrastructure.Formats.Expressions;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Export;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Reading and writing formats takes time and memory proportional to the size of the data, and stops when it is cancelled.</summary>
public class SizeTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Theory]
    [InlineData("Mul")]
    [InlineData("Softsign")]
    [InlineData("Mish")]
    public void A_model_of_many_nodes_is_written_in_linear_memory(string op)
    {
        BoundGraph small = Bound(op, 1000), large = Bound(op, 4000);
        Bytes(small);
        ((double)Bytes(large) / Bytes(small)).ShouldBeLessThan(5.2);
    }

    [Fact]
    public void Nothing_is_read_or_written_for_a_token_that_is_cancelled()
    {
        BoundGraph bound = Bound("Mul", 10);
        OnnxModel model = OnnxExport.Of(bound, "g");
        byte[] bytes = ModelWriter.Write(model);
        Should.Throw<OperationCanceledException>(() => OnnxExport.Of(bound, "g", Cancelled));
        Should.Throw<OperationCanceledException>(() => ModelWriter.Write(model, Cancelled));
        Should.Throw<OperationCanceledException>(() => new OnnxImporter(new OnnxLimits()).Import(bytes, cancellationToken: Cancelled));
        Should.Throw<OperationCanceledException>(() => new ExpressionParser([]).Parse("L = a*b", Cancelled));
    }

    [Fact]
    public void Operands_count_in_models_and_expressions()
    {
        const int operands = 1000;
        string[] names = [.. Enumerable.Repeat("x", operands)];
        byte[] wide = Model([new OnnxNode { Operator = "Max", Inputs = names, Outputs = ["y"] }]);
        Should.Throw<LimitException>(() => new OnnxImporter(new OnnxLimits(MaxNodes: operands / 2)).Import(wide));
        new OnnxImporter(new OnnxLimits(MaxNodes: 2 * operands)).Import(wide).Nodes.Count.ShouldBe(1);

        string text = $"L = max({string.Join(',', names)})";
        Should.Throw<LimitException>(() => new ExpressionParser(["Max"], operands / 2).Parse(text));
        new ExpressionParser(["Max"], 2 * operands).Parse(text).Nodes.Count.ShouldBe(1);
    }

    [Fact]
    public void A_long_name_is_not_held_for_each_node_of_its_statement_or_call()
    {
        const int length = 10_000, nodes = 500;
        string name = new('n', length);
        GraphDefinition parsed = new ExpressionParser([]).Parse($"{name} = x{string.Concat(Enumerable.Repeat("*x", nodes))}\nL = {name}*x");
        Names(parsed).ShouldBeLessThan(10 * length);

        var body = new OnnxFunction
        {
            Name = "f",
            Domain = "d",
            Inputs = ["a"],
            Outputs = ["b"],
            Nodes = [.. Enumerable.Range(0, nodes).Select(i =>
                new OnnxNode { Operator = "Sin", Inputs = [i == 0 ? "a" : $"t{i}"], Outputs = [i == nodes - 1 ? "b" : $"t{i + 1}"] })],
            OperatorSets = [new OperatorSet("", 17)],
        };
        byte[] model = Model([new OnnxNode { Name = name, Operator = "f", Domain = "d", Inputs = ["x"], Outputs = ["y"] }], body);
        Names(new OnnxImporter(new OnnxLimits()).Import(model)).ShouldBeLessThan(20 * length);
    }

    private static long Names(GraphDefinition definition) => definition.Nodes.Sum(node => node.Outputs.Sum(name => (long)name.Length));

    private static byte[] Model(OnnxNode[] nodes, params OnnxFunction[] functions) => ModelWriter.Write(new OnnxModel
    {
        IrVersion = 8,
        OperatorSets = [new OperatorSet("", 17), new OperatorSet("d", 1)],
        Functions = functions,
        Graph = new OnnxGraph
        {
            Name = "g",
            Nodes = nodes,
            Inputs = [new OnnxValue("x", OnnxElementType.Double, [])],
            Outputs = [new OnnxValue("y", OnnxElementType.Double, [])],
        },
    });

    private static BoundGraph Bound(string op, int nodes)
    {
        Operand[] Operands(int i) => op == "Mul" ? ["x", Literal.Of(i + 0.5)] : ["x"];
        var graph = new GraphDefinition(
            [new("x")], [], [.. Enumerable.Range(0, nodes).Select(i => new NodeDefinition(op, Operands(i), NodeDefinition.NoAttributes, [$"y{i}"]))],
            [.. Enumerable.Range(0, nodes).Select(i => $"y{i}")]);
        var options = new BindingOptions { Evaluator = HostExecutor.Evaluate };
        return GraphBinder.Bind(TopologicalOrder.Of(graph), InputBinder.Bind(graph, new Dictionary<string, Literal> { ["x"] = Literal.Of(1.5) },
            options), options);
    }

    private static long Bytes(BoundGraph bound)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxExport.Of(bound, "g");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
