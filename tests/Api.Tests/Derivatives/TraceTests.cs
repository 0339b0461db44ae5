using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class TraceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_way_back_of_the_example_is_told_in_words_and_numbers()
    {
        Steps steps = await TraceAsync(new GradientRequest { Graph = SquareOfSumGraph, Inputs = Point });
        steps.Backward.Select(step => (step.Node, step.Gradient.AsDouble(), step.Computation)).ShouldBe(
        [
            ("L", 1, "dL/dL = 1, the seed"),
            ("e", 8, "dL/de = dL/dL · dL/de = 1 · 2·e = 1 · 8 = 8"),
            ("d", 8, "dL/dd = dL/de · de/dd = 8 · 1 = 8"),
            ("c", 8, "dL/dc = dL/de · de/dc = 8 · 1 = 8"),
            ("a", -24, "dL/da = dL/dd · dd/da = 8 · b = 8 · (-3) = -24"),
            ("b", 16, "dL/db = dL/dd · dd/db = 8 · a = 8 · 2 = 16"),
        ]);
    }

    [Fact]
    public async Task The_way_forward_has_the_nodes_only()
    {
        Steps steps = await TraceAsync(new GradientRequest { Graph = SquareOfSumGraph, Inputs = Point });
        steps.Forward.Select(step => (step.Node, step.Op, step.Value.AsDouble(), step.Computation)).ShouldBe(
        [
            ("d", "Mul", -6, "d = a · b = 2 · (-3) = -6"),
            ("e", "Add", 4, "e = d + c = (-6) + 10 = 4"),
            ("L", "Pow", 16, "L = e^2 = 4^2 = 16"),
        ]);
    }

    [Fact]
    public async Task Each_use_of_a_value_contributes_and_the_gradient_is_their_sum()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "s = a + b; p = s*a; q = s*b; L = p + q", Inputs = Values(("a", 1.5), ("b", -0.5)) });
        BackwardStep s = steps.Backward.Single(step => step.Node == "s");
        s.Contributions.Select(use => (use.From, use.Local!.AsDouble(), use.Upstream.AsDouble(), use.Value.AsDouble())).ShouldBe([("p", 1.5, 1, 1.5), ("q", -0.5, 1, -0.5)]);
        foreach (BackwardStep step in steps.Backward.Where(step => step.Contributions.Count > 0))
        {
            step.Gradient.AsDouble().ShouldBe(step.Contributions.Sum(use => use.Value.AsDouble()), 1e-12, step.Node);
        }
    }

    [Fact]
    public async Task An_operand_in_two_places_has_two_contributions()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "L = x*x", Inputs = Values(("x", 3)) });
        BackwardStep x = steps.Backward[^1];
        x.Contributions.Select(use => use.Value.AsDouble()).ShouldBe([3, 3]);
        x.Gradient.AsDouble().ShouldBe(6);
    }

    [Fact]
    public async Task A_local_derivative_is_given_for_elementwise_uses_only()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "p = x*y; L = sum(p)", Inputs = Values(("x", Vector(1, 2)), ("y", Vector(3, 4))) });
        steps.Backward.Single(step => step.Node == "p").Contributions.ShouldHaveSingleItem().Local.ShouldBeNull();
        steps.Backward.Single(step => step.Node == "x").Contributions.ShouldHaveSingleItem().Local.ShouldNotBeNull().ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Wrt_keeps_what_leads_there()
    {
        Steps steps = await TraceAsync(new GradientRequest { Graph = SquareOfSumGraph, Inputs = Point, Wrt = ["c"] });
        steps.Backward.Select(step => step.Node).ShouldBe(["L", "e", "c"]);
        steps.Forward.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_seed_starts_the_way_back()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "y = x^2", Inputs = Values(("x", Vector(1, 2))), Seed = Vector(10, 1) });
        steps.Backward[0].Gradient.ShouldBe([10, 1]);
        steps.Backward[1].Gradient.ShouldBe([20, 4]);
    }

    [Theory]
    [InlineData("z = x @ w; L = sum(z)", "w", "dL/dw = xᵀ · dL/dz = [[1, 2], [3, 4]]ᵀ · [[1], [1]] = [[4], [6]]")]
    [InlineData("z = x @ w; L = sum(z)", "x", "dL/dx = dL/dz · wᵀ = [[1], [1]] · [[1], [-1]]ᵀ = [[1, -1], [1, -1]]")]
    [InlineData("L = sum(x)", "x", "dL/dx = 1 · dL/dL, repeated to [2×2] = 1 · 1, repeated to [2×2] = [[1, 1], [1, 1]]")]
    [InlineData("L = mean(x)", "x", "dL/dx = 1/4 · dL/dL, repeated to [2×2] = 1/4 · 1, repeated to [2×2] = [[0.25, 0.25], [0.25, 0.25]]")]
    [InlineData("y = transpose(x); L = sum(y)", "x", "dL/dx = (dL/dy)ᵀ = [[1, 1], [1, 1]]ᵀ = [[1, 1], [1, 1]]")]
    [InlineData("z = exp(v); L = sum(z)", "v", "dL/dv = dL/dz ⊙ exp(v) = [1, 1] ⊙ [1, 1] = [1, 1]")]
    [InlineData("y = softmax(v); L = sum(y)", "v", "dL/dv = y ⊙ (dL/dy - ⟨dL/dy, y⟩) = [0.5, 0.5] ⊙ ([1, 1] - ⟨[1, 1], [0.5, 0.5]⟩) = [0, 0]")]
    public async Task Each_use_has_its_rule_in_matrix_form_with_its_numbers(string expression, string value, string rule)
    {
        var all = Values(
            ("x", Client.Values.TensorValue.Of([1.0, 2, 3, 4], 2, 2)), ("w", Client.Values.TensorValue.Of([1.0, -1], 2, 1)), ("v", Vector(0, 0)));
        var inputs = all.Where(pair => System.Text.RegularExpressions.Regex.IsMatch(expression, $@"\b{pair.Key}\b")).ToDictionary();
        Steps steps = await TraceAsync(new GradientRequest { Expression = expression, Inputs = inputs });
        steps.Backward.Single(step => step.Node == value).Contributions.ShouldHaveSingleItem().Rule.ShouldBe(rule);
    }

    [Fact]
    public async Task A_part_of_an_expression_is_told_as_it_was_written()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "L = (a + b)^2", Inputs = Values(("a", 1), ("b", 2)) });
        steps.Forward[0].Expression.ShouldBe("a + b");
        steps.Backward[1].Computation.ShouldBe("dL/d(a + b) = dL/dL · dL/d(a + b) = 1 · 2·(a + b) = 1 · 6 = 6");
    }

    [Fact]
    public async Task Every_operator_with_several_operands_has_a_rule_or_says_its_name()
    {
        Steps steps = await TraceAsync(new GradientRequest { Expression = "y = cumprod(x, axis=0); L = sum(y)", Inputs = Values(("x", Vector(1, 2))) });
        steps.Backward[^1].Contributions[0].Rule.ShouldBe("dL/dx = dL/dy through the derivative of CumProd = [1, 1] through the derivative of CumProd = [3, 1]");
    }

    [Theory]
    [InlineData("text/plain", true, "text/plain")]
    [InlineData("text/plain, application/json;q=0.5", true, "text/plain")]
    [InlineData("text/plain;q=0.5, application/json", true, "application/json")]
    [InlineData("text/plain;q=0.5, */*", true, "application/json")]
    [InlineData("*/*", true, "application/json")]
    [InlineData("text/plain", false, "application/json")]
    public async Task The_walk_through_is_text_where_that_is_preferred(string accept, bool trace, string type)
    {
        using var content = new StringContent(
            $$"""{"expression":"d = a*b; e = d + c; L = e^2","inputs":{"a":2,"b":-3,"c":10},"trace":{{(trace ? "true" : "false")}}}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/gradients") { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await api.Http.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        if (type == "text/plain")
        {
            string text = await response.Content.ReadAsStringAsync();
            text.ShouldContain("  L = e^2 = 4^2 = 16\n");
            text.ShouldContain("  dL/da = dL/dd · dd/da = 8 · b = 8 · (-3) = -24\n");
        }
    }

    private async Task<Steps> TraceAsync(GradientRequest request) => (await api.Api.GradientAsync(request with { Trace = true })).Steps.ShouldNotBeNull();
}
