using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class GradientTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly double Norm = Math.Sqrt((24 * 24) + (16 * 16) + (8 * 8));

    [Fact]
    public async Task The_example_of_the_contract_has_its_numbers()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Graph = SquareOfSumGraph, Inputs = Point });
        answer.Output.ShouldBe("L");
        answer.Value.AsDouble().ShouldBe(16);
        answer.Gradients.Select(pair => (pair.Key, pair.Value.AsDouble())).ShouldBe([("a", -24), ("b", 16), ("c", 8)]);
        answer.GradientNorm.AsDouble().ShouldBe(Norm, 1e-12);
        answer.Steps.ShouldBeNull();
    }

    [Fact]
    public async Task Clipping_scales_all_gradients_and_reports_the_norm_before()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = SquareOfSum, Inputs = Point, ClipNorm = 1 });
        double factor = 1 / (Norm + 1e-6);
        answer.GradientNorm.AsDouble().ShouldBe(Norm, 1e-12);
        answer.Gradients["a"].AsDouble().ShouldBe(-24 * factor, 1e-14);
        answer.Gradients["c"].AsDouble().ShouldBe(8 * factor, 1e-14);
    }

    [Fact]
    public async Task Clipping_leaves_small_gradients_alone() =>
        (await api.Api.GradientAsync(new GradientRequest { Expression = SquareOfSum, Inputs = Point, ClipNorm = 100 })).Gradients["a"].AsDouble().ShouldBe(-24);

    [Fact]
    public async Task A_seed_weighs_the_elements_of_the_output()
    {
        var request = new GradientRequest { Expression = "y = x^2", Inputs = Values(("x", Vector(1, 2, 3))) };
        (await api.Api.GradientAsync(request with { Seed = Vector(1, 10, -1) })).Gradients["x"].ShouldBe([2, 40, -6]);
        await api.Api.GradientAsync(request).ShouldBeRefusedAsync("seed");
        await api.Api.GradientAsync(request with { Seed = Vector(1, 2) }).ShouldBeRefusedAsync("seed");
    }

    [Fact]
    public async Task An_output_of_one_element_needs_no_seed() =>
        (await api.Api.GradientAsync(new GradientRequest { Expression = "y = sum(x^2, axis=0, keepdims=True)", Inputs = Values(("x", Vector(1, 2))) })).Gradients["x"].ShouldBe([2, 4]);

    [Fact]
    public async Task Wrt_chooses_inputs_and_their_order()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = SquareOfSum, Inputs = Point, Wrt = ["c", "a"] });
        answer.Gradients.Keys.ShouldBe(["c", "a"]);
        answer.GradientNorm.AsDouble().ShouldBe(Math.Sqrt(640), 1e-12);
    }

    [Theory]
    [InlineData("*", "x,k")]
    [InlineData("k", "k")]
    public async Task Wrt_reaches_constants(string wrt, string names)
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }, new InputContract { Name = "i", DType = ElementType.Int64 }],
            Constants = [new ConstantContract { Name = "k", Value = 0.5 }, new ConstantContract { Name = "axes", Value = Integers(0) }],
            Nodes = [new NodeContract { Name = "y", Op = "Mul", Inputs = ["x", "k"] }, new NodeContract { Name = "L", Op = "Square", Inputs = ["y"] }],
            Outputs = ["L"],
        };
        var answer = await api.Api.GradientAsync(new GradientRequest { Graph = graph, Inputs = Values(("x", 3), ("i", Integers(1).In(ValueEncoding.Nested))), Wrt = [wrt] });
        answer.Gradients.Keys.ShouldBe(names.Split(','));
        answer.Gradients["k"].AsDouble().ShouldBe(9);
    }

    [Theory]
    [InlineData("d", "intermediate")]
    [InlineData("q", "not an input")]
    public async Task Wrt_of_anything_else_is_refused(string name, string reason) =>
        (await api.Api.GradientAsync(new GradientRequest { Expression = SquareOfSum, Inputs = Point, Wrt = ["a", name] }).ShouldBeRefusedAsync("wrt[1]")).ShouldContain(reason);

    [Fact]
    public async Task One_of_several_outputs_must_be_chosen()
    {
        var request = new GradientRequest { Graph = SquareOfSumGraph with { Outputs = ["L", "d"] }, Inputs = Point };
        await api.Api.GradientAsync(request).ShouldBeRefusedAsync("output");
        var answer = await api.Api.GradientAsync(request with { Output = "d" });
        answer.Value.AsDouble().ShouldBe(-6);
        answer.Gradients["c"].AsDouble().ShouldBe(0);
        answer.Gradients["a"].AsDouble().ShouldBe(-3);
    }

    [Fact]
    public async Task Float32_gradients_are_float32()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = "L = sum(exp(x))", Inputs = Values(("x", Vector(0.5, 1))), DType = ElementType.Float32, Encoding = ValueEncoding.Base64 });
        answer.Gradients["x"].Data.ShouldBeOfType<float[]>();
        answer.Gradients["x"].ShouldBe([Math.Exp(0.5), Math.E], 1e-6);
    }

    [Fact]
    public async Task A_broadcast_operand_gets_the_sum_of_what_was_handed_back() =>
        (await api.Api.GradientAsync(new GradientRequest { Expression = "L = sum(x*b)", Inputs = Values(("x", TensorValue.Of([1.0, 2, 3, 4, 5, 6], 2, 3)), ("b", Vector(1, 1, 1))) }))
            .Gradients["b"].ShouldBe([5, 7, 9], shape: [3]);
}
