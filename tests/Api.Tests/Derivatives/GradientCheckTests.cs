using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class GradientCheckTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData(DifferenceMethod.Forward, 4)]
    [InlineData(DifferenceMethod.Central, 6)]
    public async Task Each_method_counts_its_evaluations(DifferenceMethod method, long evaluations)
    {
        var answer = await api.Api.CheckGradientAsync(new GradientCheckRequest { Expression = SquareOfSum, Inputs = Point, Method = method });
        answer.Passed.ShouldBeTrue();
        answer.Evaluations.ShouldBe(evaluations);
        answer.MaxAbsoluteError.ShouldBeInRange(0, 1e-3);
        answer.FiniteDifferenceMs.ShouldBeGreaterThan(0);
        answer.BackpropMs.ShouldBeGreaterThan(0);
        answer.Speedup.ShouldBe(answer.FiniteDifferenceMs / answer.BackpropMs, 1e-6 * answer.Speedup);
    }

    [Fact]
    public async Task The_default_is_central_differences() =>
        (await api.Api.CheckGradientAsync(new GradientCheckRequest { Expression = "L = sum(x^3)", Inputs = Values(("x", Vector(1, 2, 3))) })).Evaluations.ShouldBe(6);

    [Fact]
    public async Task A_kink_fails_and_is_the_worst_element()
    {
        var answer = await api.Api.CheckGradientAsync(new GradientCheckRequest { Expression = "L = sum(relu(x))", Inputs = Values(("x", TensorValue.Of([1.0, 2, 0, -1], 2, 2))) });
        answer.Passed.ShouldBeFalse();
        WorstElement worst = answer.Worst.ShouldNotBeNull();
        worst.Input.ShouldBe("x");
        worst.Index.ShouldBe([1, 0]);
        worst.Analytic.ShouldBe(0);
        worst.Numeric.ShouldBe(0.5, 1e-9);
        answer.MaxRelativeError.ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task The_worst_element_of_a_scalar_has_an_empty_index() =>
        (await api.Api.CheckGradientAsync(new GradientCheckRequest { Expression = "L = x^2", Inputs = Values(("x", 3)) })).Worst.ShouldNotBeNull().Index.ShouldBeEmpty();

    [Fact]
    public async Task A_step_stopped_on_purpose_fails() =>
        (await api.Api.CheckGradientAsync(new GradientCheckRequest
        {
            Graph = new GraphContract
            {
                Inputs = [new InputContract { Name = "x" }],
                Nodes = [new NodeContract { Name = "s", Op = "StopGradient", Inputs = ["x"] }, new NodeContract { Name = "L", Op = "Mul", Inputs = ["s", "x"] }],
                Outputs = ["L"],
            },
            Inputs = Values(("x", 3)),
        })).Passed.ShouldBeFalse();

    [Fact]
    public async Task Float32_passes_with_a_step_that_suits_it()
    {
        var answer = await api.Api.CheckGradientAsync(new GradientCheckRequest
        {
            Expression = "L = sum(tanh(x))",
            Inputs = Values(("x", Vector(0.3, -0.7))),
            DType = ElementType.Float32,
            Epsilon = 1e-2,
            Atol = 1e-3,
        });
        answer.Passed.ShouldBeTrue();
        answer.MaxAbsoluteError.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Constants_cannot_be_perturbed() =>
        await api.Api.CheckGradientAsync(new GradientCheckRequest
        {
            Graph = SquareOfSumGraph with { Inputs = [.. SquareOfSumGraph.Inputs.Take(2)], Constants = [new ConstantContract { Name = "c", Value = 1 }] },
            Inputs = Values(("a", 1), ("b", 2)),
            Wrt = ["c"],
        }).ShouldBeRefusedAsync("wrt");
}
