using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class ProductTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly GraphContract Polar = new()
    {
        Inputs = [new InputContract { Name = "r" }, new InputContract { Name = "t" }],
        Nodes =
        [
            new NodeContract { Name = "c", Op = "Cos", Inputs = ["t"] },
            new NodeContract { Name = "s", Op = "Sin", Inputs = ["t"] },
            new NodeContract { Name = "x", Op = "Mul", Inputs = ["r", "c"] },
            new NodeContract { Name = "y", Op = "Mul", Inputs = ["r", "s"] },
        ],
        Outputs = ["x", "y"],
    };

    private static readonly (double R, double T) At = (2, 0.5);

    private static Dictionary<string, TensorValue> Point => Values(("r", At.R), ("t", At.T));

    [Fact]
    public async Task Tangents_are_pushed_forward_to_all_outputs()
    {
        var answer = await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Graph = Polar, Inputs = Point, Tangents = Values(("r", 3), ("t", -1)) });
        answer.Outputs["x"].AsDouble().ShouldBe(At.R * Math.Cos(At.T), 1e-14);
        answer.Tangents["x"].AsDouble().ShouldBe((3 * Math.Cos(At.T)) + (At.R * Math.Sin(At.T)), 1e-14);
        answer.Tangents["y"].AsDouble().ShouldBe((3 * Math.Sin(At.T)) - (At.R * Math.Cos(At.T)), 1e-14);
    }

    [Fact]
    public async Task A_missing_tangent_is_zero() =>
        (await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Graph = Polar, Inputs = Point, Tangents = Values(("r", 1)) }))
            .Tangents["y"].AsDouble().ShouldBe(Math.Sin(At.T), 1e-14);

    [Fact]
    public async Task A_tangent_of_no_input_is_refused() =>
        await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Graph = Polar, Inputs = Point, Tangents = Values(("s", 1)) }).ShouldBeRefusedAsync("tangents.s");

    [Fact]
    public async Task A_tangent_of_another_shape_is_refused() =>
        await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Graph = Polar, Inputs = Point, Tangents = Values(("r", Vector(1, 2))) }).ShouldBeRefusedAsync("tangents.r");

    [Fact]
    public async Task Cotangents_of_several_outputs_are_pulled_back_together()
    {
        var answer = await api.Api.VectorJacobianProductAsync(new VectorJacobianProductRequest { Graph = Polar, Inputs = Point, Cotangents = Values(("x", 3), ("y", -1)) });
        answer.Products["r"].AsDouble().ShouldBe((3 * Math.Cos(At.T)) - Math.Sin(At.T), 1e-14);
        answer.Products["t"].AsDouble().ShouldBe((-3 * At.R * Math.Sin(At.T)) - (At.R * Math.Cos(At.T)), 1e-14);
        answer.Outputs.Keys.ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task Products_can_be_asked_for_some_inputs_only() =>
        (await api.Api.VectorJacobianProductAsync(new VectorJacobianProductRequest { Graph = Polar, Inputs = Point, Cotangents = Values(("y", 1)), Wrt = ["r"] })).Products.Keys.ShouldBe(["r"]);

    [Fact]
    public async Task A_cotangent_of_no_output_is_refused() =>
        await api.Api.VectorJacobianProductAsync(new VectorJacobianProductRequest { Graph = Polar, Inputs = Point, Cotangents = Values(("c", 1)) }).ShouldBeRefusedAsync("cotangents.c");

    [Fact]
    public async Task Second_derivatives_along_a_direction_come_with_value_and_gradients()
    {
        var answer = await api.Api.HessianVectorProductAsync(new HessianVectorProductRequest { Expression = SquareOfSum, Inputs = Given.Point, Tangents = Values(("a", 1), ("c", 2)) });
        answer.Value.AsDouble().ShouldBe(16);
        answer.Gradients["a"].AsDouble().ShouldBe(-24);
        answer.Products.Select(pair => (pair.Key, pair.Value.AsDouble())).ShouldBe([("a", 6), ("b", 4), ("c", -2)]);
    }

    [Fact]
    public async Task Both_directions_agree()
    {
        const string expression = "y = tanh(m @ x) * x";
        TensorValue m = TensorValue.Of([0.1, 0.2, -0.3, 0.4, 0.5, -0.6, 0.7, 0.8, 0.9], 3, 3);
        var inputs = Values(("m", m), ("x", Vector(1, -2, 0.5)));
        var forward = await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Expression = expression, Inputs = inputs, Tangents = Values(("x", Vector(1, 2, 3))) });
        var reverse = await api.Api.VectorJacobianProductAsync(new VectorJacobianProductRequest { Expression = expression, Inputs = inputs, Cotangents = Values(("y", Vector(-1, 0.5, 2))) });
        Dot(forward.Tangents["y"], Vector(-1, 0.5, 2)).ShouldBe(Dot(reverse.Products["x"], Vector(1, 2, 3)), 1e-13);
    }

    private static double Dot(TensorValue a, TensorValue b) => a.ToArray().Zip(b.ToArray(), (x, y) => x * y).Sum();
}
