using System.Text.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Expressions;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Expressions;

public sealed class ExpressionLanguageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // The printed numbers have at least nine digits.
    private const double Tolerance = 1e-8;

    [Fact]
    public async Task The_language_is_served()
    {
        ExpressionLanguage language = await api.Api.GetExpressionLanguageAsync();
        language.Functions.Count.ShouldBeGreaterThan(250);
        ExpressionFunction sum = language.Functions.Single(function => function.Name == "sum");
        sum.Signature.ShouldBe("sum(*x, axis=None, keepdims=False)");
        sum.Operator.ShouldBe("ReduceSum");
        sum.Operands.ShouldHaveSingleItem().Repeated.ShouldBeTrue();
        sum.Keywords.Select(keyword => $"{keyword.Name}={keyword.Default}").ShouldBe(["axis=None", "keepdims=False"]);
        language.Functions.Single(function => function.Name == "sigmoid").Aliases.ShouldContain("expit");
        language.Operators.Select(op => op.Precedence).ShouldBeInOrder();
        language.Constants.Select(constant => constant.Name).ShouldBe(["pi", "π", "e"]);
    }

    /// <summary>The printed derivatives come from differences of independently written functions, so they check the service as well.</summary>
    [Fact]
    public async Task Every_example_has_the_printed_value_and_derivatives()
    {
        foreach (ExpressionExample example in (await api.Api.GetExpressionLanguageAsync()).Examples)
        {
            GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { Expression = example.Expression, Inputs = example.Inputs });
            Numbers(answer.Value).ShouldHaveSingleItem().ShouldBe(example.Value, Tolerance, example.Expression);
            foreach ((string name, TensorValue printed) in example.Gradients)
            {
                double[] computed = Numbers(answer.Gradients[name]), expected = Numbers(printed);
                computed.Length.ShouldBe(expected.Length, example.Expression);
                computed.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= Tolerance, example.Expression);
            }
        }
    }

    /// <summary>What the examples state, by central differences of the service's own values.</summary>
    [Fact]
    public async Task Every_example_agrees_with_finite_differences()
    {
        foreach (ExpressionExample example in (await api.Api.GetExpressionLanguageAsync()).Examples)
        {
            GradientCheckAnswer check = await api.Api.CheckGradientAsync(new GradientCheckRequest { Expression = example.Expression, Inputs = example.Inputs });
            check.Passed.ShouldBeTrue(example.Expression);
        }
    }

    private static double[] Numbers(TensorValue value) => [.. Flat(JsonSerializer.SerializeToElement(value, BackpropJson.Create()))];

    private static IEnumerable<double> Flat(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flat) : [value.GetDouble()];
}
