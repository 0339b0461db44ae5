using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.HigherOrder;

/// <summary>Anything too large is rejected before it is allocated, with an error that says so.</summary>
public class LimitTests
{
    [Theory]
    [InlineData(JacobianMode.Reverse)]
    [InlineData(JacobianMode.Forward)]
    public void A_Jacobian_beyond_the_limit(JacobianMode mode)
    {
        string[] outputs = [.. Enumerable.Range(0, 9).Select(i => $"y{i}")];
        GraphDefinition graph = new([new("x")], [], [.. outputs.Select(name => Expand("x", name, 1 << 28))], outputs);
        Refused(graph, new() { ["x"] = Literal.Of(1) }, Queries.Jacobian(null, null, mode)).Message.ShouldContain("MaxElements");
    }

    [Fact]
    public void A_batch_beyond_the_limit()
    {
        GraphDefinition graph = new([new("x")], [], [Expand("x", "y", 1 << 27)], ["y"]);
        Refused(graph, new() { ["x"] = new(Tensor.Vector(1.0, 2, 3)) }, Queries.Evaluation(), "x").Message.ShouldContain("MaxElements");
    }

    [Fact]
    public void A_rank_beyond_the_limit()
    {
        int[] ones = [.. Enumerable.Repeat(1, 100_000)];
        GraphDefinition graph = new(
            [new("x")], [], [new("Einsum", ["x"], new Dictionary<string, AttributeValue> { ["equation"] = new string('i', ones.Length) }, ["y"])], ["y"]);
        Refused(graph, new() { ["x"] = new(Tensor.Of([1.0], Shape.Of(ones))) }, Queries.Evaluation()).Message.ShouldContain("rank 100000");
    }

    [Fact]
    public void Values_that_decide_shapes_beyond_the_limit()
    {
        GraphDefinition graph = new(
            [new("x"), new("n", DType.Int64)],
            [],
            [Expand("n", "large", 1 << 27), new("ReduceMax", ["large"], NodeDefinition.NoAttributes, ["most"]), new("Reshape", ["x", "most"], NodeDefinition.NoAttributes, ["y"])],
            ["y"]);
        Refused(graph, new() { ["x"] = Literal.Of(1), ["n"] = Literal.Of(1) }, Queries.Evaluation()).Node.ShouldBe("y");
    }

    [Fact]
    public void Whole_numbers_that_no_double_tells_apart_stay_apart()
    {
        const long Large = (1L << 53) + 1;
        GraphDefinition graph = new(
            [],
            [new("a", new(Tensor.Scalar(Large), DType.Int64)), new("b", new(Tensor.Scalar(Large - 1), DType.Int64))],
            [new("Neg", ["a"], NodeDefinition.NoAttributes, ["p"]), new("Neg", ["b"], NodeDefinition.NoAttributes, ["q"])],
            ["p", "q"]);
        Execution answer = Engine.Run(graph, new Dictionary<string, Literal>(), Queries.Evaluation());
        answer[ResultKey.Output("p")].ToIntegers().ShouldBe([-Large]);
        answer[ResultKey.Output("q")].ToIntegers().ShouldBe([1 - Large]);
    }

    private static NodeDefinition Expand(string x, string name, int extent) =>
        new("Expand", [x], new Dictionary<string, AttributeValue> { ["shape"] = new[] { extent } }, [name]);

    private static GraphException Refused(GraphDefinition graph, Dictionary<string, Literal> inputs, DerivativeQuery question, params string[] batch) =>
        Should.Throw<GraphException>(() => Engine.Run(graph, inputs, question, DType.Float64, batch));
}
