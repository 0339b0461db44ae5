using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>The limit on nodes counts what a graph costs, submitted and derived, before it is made.</summary>
public class GraphSizeTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(0));

    [Theory]
    [InlineData("operands of Max", 1000)]
    [InlineData("operands of Concat", 1000)]
    [InlineData("values of Split", 1000)]
    [InlineData("different operands of Sum", 1000)]
    [InlineData("operands of Gradient", 1000)]
    [InlineData("nodes in a chain", 1000)]
    public void Operands_and_values_count(string kind, int size)
    {
        GraphDefinition graph = WideGraphs.Of(kind, size).Definition;
        Should.Throw<LimitException>(() => CanonicalForm.Of(graph, size / 2)).Limit.ShouldBe("Limits:MaxNodes");
        CanonicalForm.Of(graph, 5 * size).Id.ShouldNotBeNull();
    }

    [Fact]
    public void A_constant_counts_as_often_as_it_becomes_an_attribute()
    {
        const int length = 1000, uses = 5000;
        NodeDefinition[] nodes = [.. Enumerable.Range(0, uses)
            .Select(i => new NodeDefinition("Reshape", ["x", "shape"], NodeDefinition.NoAttributes, [$"y{i}"]))];
        var graph = new GraphDefinition([new("x")], [new("shape", Literal.Of([.. Enumerable.Repeat(1L, length)]))], nodes, ["y0"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<LimitException>(() => CanonicalForm.Of(graph, 2 * uses));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * length * uses);
    }

    [Theory]
    [InlineData("gradient")]
    [InlineData("tangents")]
    [InlineData("cotangents")]
    [InlineData("walk-through")]
    [InlineData("Hessian")]
    [InlineData("Jacobian")]
    public void A_derived_graph_is_refused_while_it_is_made(string name)
    {
        const int cube = 200;
        var graph = new GraphDefinition([new("x")], [], [.. Powers(cube)], [$"p{cube}"]);
        Dictionary<string, Literal> values = new() { ["x"] = Literal.Of(1.5) };
        DerivativeQuery question = name switch
        {
            "tangents" => Queries.JacobianVectorProduct(values),
            "cotangents" => Queries.VectorJacobianProduct(null, new Dictionary<string, Literal> { [$"p{cube}"] = Literal.Of(1.0) }),
            "walk-through" => Trace.Query(null, null, null),
            "Hessian" => Queries.Hessian(null, null),
            "Jacobian" => Queries.Jacobian(null, null, Transformations.JacobianMode.Auto),
            _ => Queries.Gradient(null, null, null, null),
        };
        var limit = Should.Throw<LimitException>(() => Ask(graph, values, question, maxNodes: 100));
        limit.Limit.ShouldBe("Limits:MaxNodes");
        limit.Value.ShouldBe(100);
        Ask(graph, values, question, maxNodes: 10_000);
    }

    [Fact]
    public void An_operator_that_unrolls_is_refused_while_it_does()
    {
        WideGraph lstm = WideGraphs.Of("steps of LSTM", 8000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<LimitException>(() => Ask(lstm.Definition, lstm.Values, Queries.Evaluation(), maxNodes: 100));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Work_that_decides_a_shape_is_limited()
    {
        NodeDefinition[] nodes =
        [
            new("MatMul", ["m", "m"], NodeDefinition.NoAttributes, ["p"]),
            new("ReduceMin", ["p"], new Dictionary<string, AttributeValue> { ["keepdims"] = 0L }, ["n"]),
            new("Reshape", ["x", "n"], NodeDefinition.NoAttributes, ["y"]),
        ];
        var graph = new GraphDefinition([new("x"), new("m", DType.Int64)], [], nodes, ["y"]);
        Tensor matrix = Tensor.Zeros(new TensorType(DType.Int64, Shape.Of(1024, 1024)));
        Dictionary<string, Literal> values = new() { ["x"] = Literal.Of(1), ["m"] = new(matrix) };
        Should.Throw<GraphException>(() => Engine.Bind(graph, values)).Message.ShouldContain("operations");
    }

    [Theory]
    [InlineData("wrt")]
    [InlineData("outputs")]
    [InlineData("batch")]
    public void Names_are_given_once(string list)
    {
        WideGraph graph = WideGraphs.Of("different operands of Sum", 3);
        string[] twice = ["x1", "x0", "x1"];
        DerivativeQuery question = list switch
        {
            "wrt" => Queries.Gradient(twice, null, null, null),
            "outputs" => Queries.Jacobian(null, ["f", "f"], Transformations.JacobianMode.Auto),
            _ => Queries.Evaluation(),
        };
        string[] batch = list == "batch" ? twice : [];
        var error = Should.Throw<GraphException>(() => Engine.Run(graph.Definition, Vectors(graph), question, DType.Float64, batch));
        error.Path.ShouldBe(list == "outputs" ? "outputs[1]" : $"{list}[2]");
        error.Message.ShouldContain("named twice");
    }

    private static Dictionary<string, Literal> Vectors(WideGraph graph) =>
        graph.Values.ToDictionary(value => value.Key, value => new Literal(Tensor.Vector(value.Value.Value[0])));

    private static IEnumerable<NodeDefinition> Powers(int count) => Enumerable.Range(1, count)
        .Select(i => new NodeDefinition("Mul", [i == 1 ? "x" : $"p{i - 1}", "x"], NodeDefinition.NoAttributes, [$"p{i}"]));

    private static void Ask(GraphDefinition graph, Dictionary<string, Literal> values, DerivativeQuery question, long maxNodes) =>
        new DerivativeEngine(Executor, new EngineLimits { MaxNodes = maxNodes })
            .Run(new ComputationRequest(graph, "graph", values, DType.Float64, []), question, CancellationToken.None);
}
