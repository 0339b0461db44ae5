using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class WarningTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_first_maker_in_each_pass_is_named_with_its_reason()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest { Expression = "y = log(x)", Inputs = Values(("x", Vector(1, 2, 3, 0))), Seed = Vector(1, 1, 1, 1) });
        answer.Value.ToArray()[3].ShouldBe(double.NegativeInfinity);
        answer.Gradients["x"].ToArray()[3].ShouldBe(double.PositiveInfinity);
        answer.Warnings.ShouldNotBeNull().Select(warning => (warning.Node, warning.Pass)).ShouldBe([("y", DerivativePass.Forward), ("y", DerivativePass.Backward)]);
        answer.Warnings[0].Reason.ShouldBe("log of 0 at [3]");
    }

    [Fact]
    public async Task A_pass_has_one_warning_however_many_nodes_are_spoiled()
    {
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "a = log(x); b = sqrt(y); z = a + b", Inputs = Values(("x", -1), ("y", -1)) });
        Warning warning = answer.Warnings.ShouldNotBeNull().ShouldHaveSingleItem();
        (warning.Node, warning.Reason).ShouldBe(("a", "log of the negative number -1"));
        double.IsNaN(answer.Outputs["z"].AsDouble()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_non_finite_input_is_named_as_itself()
    {
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = x*2", Inputs = Values(("x", Vector(1, double.NaN))) });
        Warning warning = answer.Warnings.ShouldNotBeNull().ShouldHaveSingleItem();
        (warning.Node, warning.Pass, warning.Reason).ShouldBe(("x", DerivativePass.Forward, "the input is NaN at [1]"));
    }

    [Fact]
    public async Task Finite_results_have_no_warnings_even_where_something_between_was_not() =>
        (await api.Api.EvaluateAsync(new EvaluationRequest { Expression = "y = exp(-exp(x))", Inputs = Values(("x", 1000)) })).Warnings.ShouldBeNull();
}
