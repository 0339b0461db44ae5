using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class BatchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Squared = "z = w*x + b; L = z^2";

    private static Dictionary<string, TensorValue> Points => Values(("w", 2), ("b", 1), ("x", Vector(1, 2, 3)));

    [Fact]
    public async Task Results_gain_the_axis_and_unbatched_inputs_have_each_points_gradient()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = Squared, Inputs = Points, Batch = ["x"] });
        answer.Value.ShouldBe([9, 25, 49], shape: [3]);
        answer.Gradients["w"].ShouldBe([6, 20, 42], shape: [3]);
        answer.Gradients["x"].ShouldBe([12, 20, 28], shape: [3]);
        answer.GradientNorm.ShouldBe([.. new[] { (6, 12, 6), (20, 20, 10), (42, 28, 14) }.Select(g => Math.Sqrt((g.Item1 * g.Item1) + (g.Item2 * g.Item2) + (g.Item3 * g.Item3)))], shape: [3]);
    }

    [Fact]
    public async Task One_number_clips_each_point()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = "L = x^2", Inputs = Values(("x", Vector(0.1, 3))), Batch = ["x"], ClipNorm = 1 });
        answer.GradientNorm.ShouldBe([0.2, 6]);
        answer.Gradients["x"].ShouldBe([0.2, 6 / (6 + 1e-6)]);
    }

    [Fact]
    public async Task The_declared_shape_is_a_points()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x", Shape = [2L] }],
            Nodes = [new NodeContract { Name = "L", Op = "ReduceProd", Inputs = ["x"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } }],
            Outputs = ["L"],
        };
        var request = new GradientRequest { Graph = graph, Inputs = Values(("x", TensorValue.Of([1.0, 2, 3, 4, 5, 6], 3, 2))), Batch = ["x"] };
        var answer = await api.Api.GradientAsync(request);
        answer.Value.ShouldBe([2, 12, 30]);
        answer.Gradients["x"].ShouldBe([2, 1, 4, 3, 6, 5], shape: [3, 2]);
        await api.Api.GradientAsync(request with { Batch = null }).ShouldBeRefusedAsync("inputs.x");
    }

    [Fact]
    public async Task A_tangent_has_the_axis_where_its_input_has()
    {
        var answer = await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Expression = "y = w*x", Inputs = Values(("w", 2), ("x", Vector(1, 2, 3))), Batch = ["x"], Tangents = Values(("w", 10), ("x", Vector(1, 0, -1))) });
        answer.Tangents["y"].ShouldBe([12, 20, 28]);
        await api.Api.JacobianVectorProductAsync(new JacobianVectorProductRequest { Expression = "y = w*x", Inputs = Values(("w", 2), ("x", Vector(1, 2, 3))), Batch = ["x"], Tangents = Values(("w", Vector(1, 1, 1))) })
            .ShouldBeRefusedAsync("tangents.w");
    }

    [Fact]
    public async Task A_seed_has_the_axis_where_the_output_has()
    {
        TensorValue x = TensorValue.Of([1.0, 2, 3, 4], 2, 2);
        var request = new GradientRequest { Expression = "y = x*w", Inputs = Values(("x", x), ("w", 3)), Batch = ["x"] };
        (await api.Api.GradientAsync(request with { Seed = TensorValue.Of([1.0, 0, 0, 10], 2, 2) })).Gradients["w"].ShouldBe([1, 40], shape: [2]);
        await api.Api.GradientAsync(request with { Seed = Vector(1, 1) }).ShouldBeRefusedAsync("seed");
    }

    [Fact]
    public async Task Every_route_takes_points()
    {
        var x = Values(("x", TensorValue.Of([1.0, 2, 3, 4], 2, 2)));
        (await api.Api.HessianAsync(new HessianRequest { Expression = "L = sum(x^3)", Inputs = x, Batch = ["x"] })).Hessians["x"]["x"].ShouldBe([6, 0, 0, 12, 18, 0, 0, 24], shape: [2, 2, 2]);
        (await api.Api.JacobianAsync(new JacobianRequest { Expression = "y = x^2", Inputs = x, Batch = ["x"] })).Jacobians["y"]["x"].ShouldBe([2, 0, 0, 4, 6, 0, 0, 8], shape: [2, 2, 2]);
        (await api.Api.HessianVectorProductAsync(new HessianVectorProductRequest { Expression = "L = sum(x^3)", Inputs = x, Batch = ["x"], Tangents = Values(("x", TensorValue.Of([1.0, 1, 0, 1], 2, 2))) })).Products["x"].ShouldBe([6, 12, 0, 24]);
        (await api.Api.VectorJacobianProductAsync(new VectorJacobianProductRequest { Expression = "y = x^2", Inputs = x, Batch = ["x"], Cotangents = Values(("y", TensorValue.Of([1.0, 1, 0, 1], 2, 2))) })).Products["x"].ShouldBe([2, 4, 0, 8]);
    }

    [Fact]
    public async Task Batched_inputs_must_count_the_same_points()
    {
        await api.Api.GradientAsync(new GradientRequest { Expression = "L = x*y", Inputs = Values(("x", Vector(1, 2)), ("y", Vector(1, 2, 3))), Batch = ["x", "y"] }).ShouldBeRefusedAsync("inputs.y");
        await api.Api.GradientAsync(new GradientRequest { Expression = "L = x*y", Inputs = Values(("x", 1), ("y", 2)), Batch = ["x"] }).ShouldBeRefusedAsync("inputs.x");
        await api.Api.GradientAsync(new GradientRequest { Expression = "L = x*y", Inputs = Values(("x", 1), ("y", 2)), Batch = ["q"] }).ShouldBeRefusedAsync("batch[0]");
    }
}
