using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class EvaluationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_outputs_are_returned_by_name()
    {
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Expression = SquareOfSum, Inputs = Point });
        answer.Outputs.Keys.ShouldBe(["L"]);
        answer.Outputs["L"].AsDouble().ShouldBe(16);
        answer.Warnings.ShouldBeNull();
    }

    [Fact]
    public async Task Several_outputs_are_returned_in_the_order_asked()
    {
        var graph = SquareOfSumGraph with { Outputs = ["L", "a", "d"] };
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Point });
        answer.Outputs.Select(output => (output.Key, output.Value.AsDouble())).ShouldBe([("L", 16), ("a", 2), ("d", -6)]);
    }

    [Fact]
    public async Task Integers_and_truth_values_keep_their_types()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Nodes =
            [
                new NodeContract { Name = "i", Op = "ArgMax", Inputs = ["x"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } },
                new NodeContract { Name = "p", Op = "Greater", Inputs = ["x", 1L] },
            ],
            Outputs = ["i", "p"],
        };
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", Vector(0.5, 3, 2))), Encoding = ValueEncoding.Flat });
        answer.Outputs["i"].Data.ShouldBe(new long[] { 1 });
        answer.Outputs["p"].Data.ShouldBe(new[] { false, true, true });
    }

    [Theory]
    [InlineData(ValueEncoding.Nested)]
    [InlineData(ValueEncoding.Flat)]
    [InlineData(ValueEncoding.Base64)]
    public async Task Results_come_in_the_encoding_asked_for_scalars_too(ValueEncoding encoding)
    {
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest
        {
            Expression = "y = x @ x; s = sum(y)",
            Inputs = Values(("x", TensorValue.Of([1.0, 2, 3, 4], 2, 2).In(encoding))),
            Encoding = encoding,
        });
        answer.Outputs["s"].Encoding.ShouldBe(encoding);
        answer.Outputs["s"].ShouldBe([54], shape: []);
    }

    [Fact]
    public async Task Float32_stays_float32()
    {
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x/3", Inputs = Values(("x", 1)), DType = ElementType.Float32, Encoding = ValueEncoding.Flat });
        answer.Outputs["y"].Data.ShouldBe(new[] { 1f / 3 });
    }

    [Fact]
    public async Task Float32_beside_float64_is_refused() =>
        await api.Api.EvaluateAsync(new EvaluationRequest
        {
            Expression = "y = x + z",
            Inputs = Values(("x", TensorValue.Of([1f]).In(ValueEncoding.Flat)), ("z", TensorValue.Of([1.0]).In(ValueEncoding.Flat))),
        }).ShouldBeRefusedAsync("expression");

    [Fact]
    public async Task A_number_outside_the_range_of_float32_is_refused() =>
        (await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x", Inputs = Values(("x", 1e300)), DType = ElementType.Float32 })
            .ShouldBeRefusedAsync("inputs.x")).ShouldContain("float32");

    [Fact]
    public async Task An_unknown_device_is_refused() =>
        await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x", Inputs = Values(("x", 1)), Device = DeviceChoice.Cuda }).ShouldBeRefusedAsync("device");

    [Fact]
    public async Task A_missing_value_is_refused_where_it_should_be() =>
        await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x*z", Inputs = Values(("x", 1)) }).ShouldBeRefusedAsync("inputs.z");

    [Fact]
    public async Task A_graph_is_named_in_exactly_one_way() =>
        await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x", Graph = SquareOfSumGraph, Inputs = Point }).ShouldBeRefusedAsync("", 400);

    [Fact]
    public async Task A_symbolic_dimension_is_bound_by_the_value()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x", Shape = ["n", 2L] }, new InputContract { Name = "y", Shape = ["n"] }],
            Nodes = [new NodeContract { Name = "z", Op = "ReduceSum", Inputs = ["x"] }],
            Outputs = ["z"],
        };
        TensorValue x = TensorValue.Of([1.0, 2, 3, 4, 5, 6], 3, 2);
        (await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", x), ("y", Vector(1, 2, 3))) })).Outputs["z"].ShouldBe([21]);
        (await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", x), ("y", Vector(1, 2))) }).ShouldBeRefusedAsync("inputs.y")).ShouldContain("'n'");
    }
}
