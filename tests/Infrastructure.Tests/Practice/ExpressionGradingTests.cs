using Backprop.Compute.Host;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Expressions;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class ExpressionGradingTests
{
    private static readonly ExpressionGrader Grading = new(
        new ExpressionParser(OperatorTable.All.Select(row => row.Name), maxNodes: 1000).Parse, HostExecutor.Evaluate);

    private static readonly ExpressionKey Product = new()
    {
        Formula = "2*x*sin(3*x) + 3*x^2*cos(3*x)",
        Variables = [new Variable("x")],
        Mistakes = [new ExpressionMistake("2*x*sin(3*x)", "The second factor depends on x as well.")],
    };

    [Theory]
    [InlineData("2*x*sin(3*x) + 3*x^2*cos(3*x)")]
    [InlineData("2x sin(3x) + 3x^2*cos(3x)")]
    [InlineData("x*(2sin(3x) + 3x cos(3x))")]
    [InlineData("f'(x) = x·(2·sin(3·x) + 3·x·cos(3·x))")]
    [InlineData("2x*sin(3x) + 3x²*cos(3x)")]
    [InlineData("a = 3*x; x*(2*sin(a) + a*cos(a))")]
    [InlineData("dy/dx = -x*(-2*sin(3*x) − 3*x*cos(-3*x))")]
    public void A_formula_may_be_written_in_any_way(string text) => Grading.Grade(Product, text).ShouldBe(Graded.Right);

    [Theory]
    [InlineData("2*x*sin(3*x)", "The second factor depends on x as well.")]
    [InlineData("sin(3*x)*2*x", "The second factor depends on x as well.")]
    [InlineData("-(2*x*sin(3*x) + 3*x^2*cos(3*x))", "All but the sign is right.")]
    [InlineData("4*x*sin(3*x) + 6*x^2*cos(3*x)", "Off by a factor of 2 everywhere.")]
    [InlineData("x", "The formula differs from the right one at 16 of 16 points.")]
    public void A_wrong_formula_is_told_why(string text, string feedback) => Grading.Grade(Product, text).ShouldBe(new Graded(0, feedback));

    [Theory]
    [InlineData("banana")]
    [InlineData("2*y")]
    [InlineData("sin(")]
    [InlineData("")]
    [InlineData("frobnicate(x)")]
    [InlineData("[x, x]")]
    [InlineData("x > 1")]
    [InlineData("range(0, 1000000, 1)")]
    public void What_is_no_formula_of_these_variables_is_refused(string text) => Grading.Grade(Product, text).ShouldBeOfType<Unreadable>().Reason.ShouldNotBeEmpty();

    // x and |x| agree for positive x; x and x + 1e-3·sin(1000x)·1e-3 in value but not in gradient.
    [Theory]
    [InlineData("x", "abs(x)", 0)]
    [InlineData("abs(x)", "sqrt(x^2)", 1)]
    [InlineData("x", "x + 0.0000001*sin(1000000*x)", 0)]
    [InlineData("x", "stop_gradient(x)", 0)]
    [InlineData("x", "sqrt(x)^2", 0)]
    [InlineData("e^x", "exp(x)", 1)]
    [InlineData("exp(x)", "e^x", 1)]
    [InlineData("log(x)", "ln(x)", 1)]
    [InlineData("1/x", "x^-1", 1)]
    [InlineData("0.00001*x", "0*x", 0)]
    [InlineData("3", "3", 1)]
    [InlineData("3", "3 + 0*x", 1)]
    public void Values_and_gradients_are_compared_on_both_sides_of_zero(string key, string answer, double score) =>
        Grading.Grade(new ExpressionKey { Formula = key, Variables = [new Variable("x")] }, answer).ShouldBeOfType<Graded>().Score.ShouldBe(score);

    [Fact]
    public void Several_variables_take_both_signs() =>
        Grading.Grade(new ExpressionKey { Formula = "x*y", Variables = [new Variable("x"), new Variable("y")] }, "abs(x*y)*sign(x)*sign(y)").ShouldBe(Graded.Right);

    [Fact]
    public void A_key_that_is_nowhere_defined_is_no_key() => Should.Throw<ArgumentException>(() =>
        Grading.Grade(new ExpressionKey { Formula = "log(-1 - x^2)", Variables = [new Variable("x")] }, "x"));

    [Theory]
    [InlineData("2*x", "x", true)]
    [InlineData("2*x", "x + x", false)]
    [InlineData("2*x", "sin(", false)]
    [InlineData("2*y", "x", false)]
    [InlineData("log(-1 - x^2)", "x", false)]
    [InlineData("[x, x]", "x", false)]
    public void A_key_can_be_checked(string formula, string mistake, bool sound) => (Grading.Fault(
        new ExpressionKey { Formula = formula, Variables = [new Variable("x")], Mistakes = [new ExpressionMistake(mistake, "No.")] }) is null).ShouldBe(sound);

    [Fact]
    public void No_text_breaks_the_reader() => Gen.Char["xy0123456789.,;=()[]+-*/^ sincoexplog"].Array[0, 40].Sample(
        text => Grading.Grade(Product, new string(text)) is Graded or Unreadable, iter: 2000);
}
