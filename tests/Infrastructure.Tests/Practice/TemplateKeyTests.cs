using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Formats.Expressions;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Keys against computations that share only the learner's view with the templates.</summary>
public sealed class TemplateKeyTests
{
    private const int Seeds = 500;

    public static TheoryData<string> Numbers => [.. Of(QuestionFormat.Numeric)];

    public static TheoryData<string> Formulas => [.. Of(QuestionFormat.Expression)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_what_differences_or_arithmetic_give(string id)
    {
        Question pattern = Practising.Find(id);
        string template = pattern.Template!.Name;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Question drawn = Practising.Drawer.Draw(pattern, seed);
            double expected = Expected(template, new Shown(drawn));
            double key = drawn.Numeric!.Value!.Value;
            Math.Abs(key - expected).ShouldBeLessThanOrEqualTo(1e-6 * Math.Max(Math.Abs(expected), 1e-3), $"seed {seed}: {drawn.Prompt}: {key}, expected {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_formula_is_the_slope_of_its_function(string id)
    {
        Question pattern = Practising.Find(id);
        for (int seed = 0; seed < Seeds; seed++)
        {
            Question drawn = Practising.Drawer.Draw(pattern, seed);
            string wrt = drawn.Prompt.Contains("∂f/∂y") ? "y" : "x";
            foreach (double sign in new[] { 1, -1 })
            {
                double At(string formula, double move) => Value(formula, new() { ["x"] = (0.7 * sign) + (wrt == "x" ? move : 0), ["y"] = (0.4 * sign) + (wrt == "y" ? move : 0) });
                double slope = (At(drawn.Figure!.Expression, 1e-5) - At(drawn.Figure.Expression, -1e-5)) / 2e-5;
                At(drawn.Expression!.Formula!, 0).ShouldBe(slope, 1e-6 * Math.Max(1, Math.Abs(slope)), $"seed {seed}: {drawn.Prompt}");
            }
        }
    }

    [Fact]
    public void The_largest_gradient_is_largest_by_differences() => Draws("largest-gradient", (drawn, q) =>
    {
        double Size(string name) => Math.Abs(q.Slope(name, v => GradientOracles.Form(q.Formula, v)));
        string[] order = [.. drawn.Figure!.Inputs.Keys.OrderByDescending(Size)];
        Size(order[0]).ShouldBeGreaterThan(Size(order[1]));
        drawn.Choices!.Single(choice => choice.Correct).Text.ShouldBe($"∂L/∂{order[0]}");
    });

    [Fact]
    public void Blocked_paths_have_zero_differences() => Draws("zero-gradients", (drawn, q) =>
    {
        double Loss(Func<string, double> v) => Math.Max(v("a") * v("b"), v("c")) + (v("d") * Math.Max(0, v("e")));
        string[] zero = [.. drawn.Figure!.Inputs.Keys.Where(name => Math.Abs(q.Slope(name, Loss)) < 1e-6).Select(name => $"∂L/∂{name}")];
        drawn.Choices!.Where(choice => choice.Correct).Select(choice => choice.Text).ShouldBe(zero);
    });

    [Fact]
    public void A_dead_unit_has_zero_differences() => Draws("relu-is-dead", (drawn, q) =>
    {
        double slope = q.Slope("w", v => Math.Pow(Math.Max(0, (v("w") * v("x")) + v("b")), 2));
        drawn.Truth!.Value.ShouldBe(Math.Abs(slope) < 1e-6);
    });

    [Fact]
    public void A_jacobian_has_the_axes_of_both() => Draws("jacobian-shape", (drawn, q) =>
    {
        double[] n = q.Numbers;
        string input = q.Part(@"of y with respect to (\w)") == "x" ? $"{n[0]}, {n[1]}" : $"{n[2]}, {n[3]}";
        drawn.Choices!.Single(choice => choice.Correct).Text.ShouldBe($"[{n[0]}, {n[3]}, {input}]");
    });

    // The floors of the facts of floating point: the smallest error over all steps of truncation + rounding, by its power of the round-off.
    [Fact]
    public void The_error_floor_is_that_of_its_format() => Draws("error-floor", (drawn, q) =>
    {
        double epsilon = q.Part("in (fp16|bf16|fp32|fp64)") switch { "bf16" => 1.0 / 256, "fp16" => 1.0 / 2048, "fp32" => 1.0 / 16777216, _ => 1.0 / 9007199254740992 };
        double floor = q.Prompt.Contains("forward") ? Math.Sqrt(epsilon) : Math.Cbrt(epsilon) * Math.Cbrt(epsilon);
        double key = new Shown(drawn with { Prompt = drawn.Choices!.Single(choice => choice.Correct).Text }).Numbers[0];
        key.ShouldBe(floor, 0.05 * floor);
    });

    private static double Expected(string template, Shown shown) =>
        GradientOracles.All.TryGetValue(template, out Func<Shown, double>? gradient) ? gradient(shown)
        : CostOracles.ByText.TryGetValue(template, out Func<Shown, double>? text) ? text(shown)
        : CostOracles.All.TryGetValue(template, out Func<double[], double>? cost) ? cost(shown.Numbers)
        : throw new InvalidOperationException($"The template '{template}' has no independent computation yet: add one.");

    private static void Draws(string id, Action<Question, Shown> check)
    {
        Question pattern = Practising.Find(id);
        for (int seed = 0; seed < Seeds; seed++)
        {
            Question drawn = Practising.Drawer.Draw(pattern, seed);
            check(drawn, new Shown(drawn));
        }
    }

    private static double Value(string formula, Dictionary<string, double> point)
    {
        GraphDefinition graph = new ExpressionParser(OperatorTable.All.Select(row => row.Name)).Parse(formula);
        Dictionary<string, Literal> inputs = graph.Inputs.ToDictionary(input => input.Name, input => Literal.Of(point[input.Name]));
        return DifferentiatedGraph.Of(graph, inputs, HostExecutor.Evaluate).Run().Value;
    }

    private static IEnumerable<string> Of(QuestionFormat kind) =>
        Practising.Bank.Where(question => question.Kind == kind && question.Template is not null).Select(question => question.Id);
}
