using Backprop.Compute.Host;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Sampling;
using Backprop.Infrastructure.Formats.Expressions;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class ExpressionGradingTests
{
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name), maxNodes: 1000);
    private static readonly ExpressionGrader Grading = new(Parser.Parse, Parser.IsFunction, HostExecutor.Evaluate);

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
    [InlineData("4*x*sin(3*x) + 6*x^2*cos(3*x)", "Off by the factor 2 everywhere.")]
    [InlineData("(2*x*sin(3*x) + 3*x^2*cos(3*x))/3", "Off by the factor 1/3 everywhere.")]
    [InlineData("-1.5*(2*x*sin(3*x) + 3*x^2*cos(3*x))", "Off by the factor -1.5 everywhere.")]
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

    [Theory]
    [InlineData("s*(1 - s)", "s", "s(1-s)")]
    [InlineData("s*(1 - s)", "s", "s (1 - s)")]
    [InlineData("s*(1 - s)", "s", "$s(1-s)$")]
    [InlineData("s*(1 - s)", "s", "ds/dx = s(1-s)")]
    [InlineData("s*(1 - s)", "s", "(1-s)s")]
    [InlineData("-6*x*exp(-3*x^2)", "x", "-6xe^(-3x^2)")]
    [InlineData("-6*x*exp(-3*x^2)", "x", "−6x·e^(−3x²)")]
    [InlineData("-6*x*exp(-3*x^2)", "x", "-6x exp(-3x^2)")]
    [InlineData("-6*x*exp(-3*x^2)", "x", "-6xexp(-3x²)")]
    [InlineData("-6*x*exp(-3*x^2)", "x", @"-6x e^{-3x^2}")]
    [InlineData("-6*x*exp(-3*x^2)", "x", @"\frac{-6x}{e^{3x^2}}")]
    [InlineData("2*x*exp(2*x*y)", "x y", "2xe^(2xy)")]
    [InlineData("2*x*y", "x y", "2xy")]
    [InlineData("2*x*y", "x y", "2 y x")]
    [InlineData("2*x*y", "x y", "x2y", false)]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", "4*(1-tanh^2(4x))")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", "4(1-tanh²(4x))")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", "4 sech^2(4x)")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", "4sech²(4x)")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", "4(1 - tanh 4x * tanh 4x)")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", @"\frac{4}{\cosh^2\left(4x\right)}")]
    [InlineData("4*(1 - tanh(4*x)^2)", "x", @"\left( 1 - \tanh^{2}(4x) \right) \cdot 4")]
    [InlineData("4*sigmoid(4*x)*(1 - sigmoid(4*x))", "x", "4σ(4x)(1-σ(4x))")]
    [InlineData("4*sigmoid(4*x)*(1 - sigmoid(4*x))", "x", @"4\sigma(4x)(1-\sigma(4x))")]
    [InlineData("1/(2*sqrt(x^2 + 1))", "x", @"\frac{1}{2\sqrt{x^2+1}}")]
    [InlineData("1/(2*sqrt(x^2 + 1))", "x", "1/(2√(x²+1))")]
    [InlineData("x/(1 + x/(1 + x^2))", "x", @"\frac{x}{1+\frac{x}{1+x^2}}")]
    [InlineData("sin(2*x)*cos(3*x)", "x", "sin 2x cos 3x")]
    [InlineData("sin(x^2)", "x", "sin x^2")]
    [InlineData("x1*x2", "x1 x2", "x1x2")]
    [InlineData("x1*x2", "x1 x2", "x2 x1")]
    [InlineData("2*a*b + a^2", "a b", "a(2b + a)")]
    public void Products_powers_and_TeX_are_read_as_people_write_them(string key, string variables, string answer, bool isReadable = true)
    {
        Grade grade = Grading.Grade(new ExpressionKey { Formula = key, Variables = [.. variables.Split(' ').Select(name => new Variable(name))] }, answer);
        (isReadable ? grade == Graded.Right : grade is Unreadable).ShouldBeTrue(grade.ToString());
    }

    [Fact]
    public void An_inverse_with_two_meanings_is_refused() =>
        Grading.Grade(Product, "sin^-1(x)").ShouldBeOfType<Unreadable>().Reason.ShouldContain("1/sin(…)");

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

    // The formula itself, not the grader, decides whether a rewritten or mistaken one is equal.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Four_hundred_spellings_are_judged_rightly(bool isRight)
    {
        SeededGenerator random = SeededGenerator.For(17, "spellings");
        int judged = 0;
        for (int drawn = 0; judged < 400; drawn++)
        {
            drawn.ShouldBeLessThan(20_000);
            WrittenFormula formula = WrittenFormula.Draw(random, 1 + (drawn % 4));
            WrittenFormula answered = isRight ? formula.Rewritten(random) : formula.Mistaken(random);
            (string key, string answer) = (formula.Text(random), answered.Text(random));
            if (IsUsable(formula) && answer.Length < SubmittedAnswer.MaxLength && IsSame(formula, answered) == isRight)
            {
                var wanted = new ExpressionKey { Formula = key, Variables = [new Variable("x"), new Variable("y")] };
                Grading.Grade(wanted, answer).ShouldBeOfType<Graded>($"{key}  ~  {answer}").IsCorrect.ShouldBe(isRight, $"{key}  ~  {answer}");
                judged++;
            }
        }
    }

    private static IEnumerable<(double X, double Y)> Points =>
        from x in (double[])[-1.7, -0.6, 0.4, 1.3]
        from y in (double[])[-1.1, -0.3, 0.7, 1.9]
        select (x, y);

    private static bool IsUsable(WrittenFormula formula) => Points.All(point => Math.Abs(formula.At(point.X, point.Y)) < 1e6);

    private static bool IsSame(WrittenFormula some, WrittenFormula other) => Points.All(point =>
        Math.Abs(some.At(point.X, point.Y) - other.At(point.X, point.Y)) <= 1e-9 * Math.Max(1, Math.Abs(some.At(point.X, point.Y))));

    [Fact]
    public void No_text_breaks_the_reader() => Gen.Char["xy0123456789.,;=()[]+-*/^ sincoexplog"].Array[0, 40].Sample(
        text => Grading.Grade(Product, new string(text)) is Graded or Unreadable, iter: 2000);
}
