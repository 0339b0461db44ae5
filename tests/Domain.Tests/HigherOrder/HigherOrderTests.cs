using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.HigherOrder;

/// <summary>Derivatives of derivatives, against closed forms.</summary>
public class HigherOrderTests
{
    // (e^x sin x)''' = 2·e^x·(cos x − sin x)
    [Fact]
    public void A_third_derivative_comes_from_the_gradient_graph_applied_three_times()
    {
        GraphDefinition graph = Graph(["x"], [Node("s", "Sin", "x"), Node("e", "Exp", "x"), Node("y", "Mul", "s", "e")], "y");
        foreach (double x in new[] { -2.5, -0.3, 0.0, 0.7, 1.9 })
        {
            Dictionary<string, Literal> inputs = new() { ["x"] = Literal.Of(x) };
            GraphDefinition derivative = graph;
            for (int order = 0; order < 3; order++)
            {
                derivative = GradientGraph.Of(Engine.Bind(derivative, inputs), derivative.Outputs[0], ["x"], HostExecutor.Evaluate);
            }

            double third = Engine.Run(derivative, inputs, Queries.Evaluation()).Results[0].Value[0];
            double expected = 2 * Math.Exp(x) * (Math.Cos(x) - Math.Sin(x));
            third.ShouldBe(expected, 1e-12 * Math.Max(1, Math.Abs(expected)));
        }
    }

    // Σ 100·(b − a²)² + (1 − a)² with a = x[:-1], b = x[1:].
    [Fact]
    public void The_Hessian_of_Rosenbrock_is_symmetric_and_its_closed_form()
    {
        const int N = 10;
        GraphDefinition graph = Graph(
            ["x"],
            [
                Slice("a", 0, -1), Slice("b", 1, N), Node("aa", "Square", "a"), Node("d", "Sub", "b", "aa"), Node("dd", "Square", "d"),
                Node("p", "Mul", "dd", Literal.Of(100)), Node("o", "Sub", Literal.Of(1), "a"), Node("oo", "Square", "o"),
                Node("s", "Add", "p", "oo"), Node("L", "ReduceSum", "s"),
            ],
            "L");
        double[] x = [.. Enumerable.Range(0, N).Select(i => Math.Sin(1.7 * i) * 1.5)];
        (Execution run, JacobianFacts facts) = Engine.Describe(graph, new Dictionary<string, Literal> { ["x"] = new(Tensor.Vector(x)) },
            Queries.Hessian(null, null));
        Tensor hessian = facts.Blocks(run)(0, 0);
        hessian.Shape.ShouldBe(Shape.Of(N, N));
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double expected = i == j ? (i < N - 1 ? (1200 * x[i] * x[i]) - (400 * x[i + 1]) + 2 : 0) + (i > 0 ? 200 : 0)
                    : Math.Abs(i - j) == 1 ? -400 * x[Math.Min(i, j)] : 0;
                hessian[(i * N) + j].ShouldBe(expected, 1e-10);
                hessian[(i * N) + j].ShouldBe(hessian[(j * N) + i], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(1000, 2, JacobianMode.Reverse)]
    [InlineData(2, 1000, JacobianMode.Forward)]
    [InlineData(3, 3, JacobianMode.Reverse)]
    public void The_Jacobian_is_taken_from_the_cheaper_side(int columns, int rows, JacobianMode mode)
    {
        var m = Tensor.Of([.. Enumerable.Range(0, rows * columns).Select(i => Math.Cos(i))], Shape.Of(rows, columns));
        GraphDefinition graph = Graph(["x"], [Node("a", "MatMul", "m", "x"), Node("y", "Tanh", "a")], "y") with { Constants = [new("m", new(m))] };
        Dictionary<string, Literal> inputs = new() { ["x"] = new(Tensor.Vector([.. Enumerable.Range(0, columns).Select(i => Math.Sin(i) / columns)])) };
        (Execution answer, JacobianFacts facts) = Engine.Describe(graph, inputs, Queries.Jacobian(null, null, JacobianMode.Auto));
        facts.Mode.ShouldBe(mode);
        facts.Passes.ShouldBe(Math.Min(columns, rows));
        Tensor y = answer[ResultKey.Output("y")];
        facts.Blocks(answer)(0, 0).ShouldBeClose(Differences.Map(m, i => m[i] * (1 - (y[i / columns] * y[i / columns]))), 1e-11, 1e-13,
            "the Jacobian of tanh(m·x)");
    }

    private static GraphDefinition Graph(string[] inputs, NodeDefinition[] nodes, string output) =>
        new([.. inputs.Select(name => new InputDefinition(name))], [], nodes, [output]);

    private static NodeDefinition Node(string name, string op, params Operand[] operands) => new(op, operands, NodeDefinition.NoAttributes, [name]);

    private static NodeDefinition Slice(string name, int start, int end) =>
        Node(name, "Slice", "x") with { Attributes = new Dictionary<string, AttributeValue> { ["starts"] = new[] { start }, ["ends"] = new[] { end } } };
}
