using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class JacobianTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Rosenbrocks = 10;

    [Theory]
    [InlineData(DifferentiationMode.Forward, DifferentiationMode.Forward, 3)]
    [InlineData(DifferentiationMode.Reverse, DifferentiationMode.Reverse, 2)]
    [InlineData(DifferentiationMode.Auto, DifferentiationMode.Reverse, 2)]
    public async Task Each_mode_gives_the_same_blocks_in_its_own_passes(DifferentiationMode asked, DifferentiationMode taken, long passes)
    {
        var answer = await api.Api.JacobianAsync(new JacobianRequest
        {
            Expression = "y = m @ (x*x)",
            Inputs = Values(("m", TensorValue.Of([1.0, 2, 3, 4, 5, 6], 2, 3)), ("x", Vector(1, -1, 2))),
            Wrt = ["x"],
            Mode = asked,
        });
        (answer.Mode, answer.Passes).ShouldBe((taken, passes));
        answer.Jacobians["y"]["x"].ShouldBe([2, -4, 12, 8, -10, 24], shape: [2, 3]);
        answer.Outputs["y"].ShouldBe([15, 33]);
    }

    [Fact]
    public async Task A_tie_is_taken_in_reverse()
    {
        var answer = await api.Api.JacobianAsync(new JacobianRequest { Expression = "y = sin(x)", Inputs = Values(("x", Vector(1, 2))) });
        (answer.Mode, answer.Passes).ShouldBe((DifferentiationMode.Reverse, 2));
    }

    [Fact]
    public async Task Blocks_of_independent_inputs_are_zeros()
    {
        var graph = SquareOfSumGraph with { Outputs = ["d", "L"] };
        var answer = await api.Api.JacobianAsync(new JacobianRequest { Graph = graph, Inputs = Point });
        answer.Jacobians["d"].Select(pair => (pair.Key, pair.Value.AsDouble())).ShouldBe([("a", -3), ("b", 2), ("c", 0)]);
        answer.Jacobians["L"]["a"].AsDouble().ShouldBe(-24);
    }

    [Fact]
    public async Task Outputs_can_be_chosen() =>
        (await api.Api.JacobianAsync(new JacobianRequest { Graph = SquareOfSumGraph with { Outputs = ["d", "L"] }, Inputs = Point, Outputs = ["L"] })).Jacobians.Keys.ShouldBe(["L"]);

    [Fact]
    public async Task From_many_inputs_to_two_outputs_two_passes_in_reverse_suffice()
    {
        double[] x = [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        var answer = await api.Api.JacobianAsync(new JacobianRequest { Graph = Reducing, Inputs = Values(("x", x)) });
        (answer.Mode, answer.Passes).ShouldBe((DifferentiationMode.Reverse, 2));
        answer.Jacobians["s"]["x"].ShouldBe([.. x.Select(Math.Cos)], shape: [1000]);
        answer.Jacobians["q"]["x"].ShouldBe([.. x.Select(v => 2 * v)]);
    }

    [Fact]
    public async Task From_two_inputs_to_many_outputs_two_passes_forward_suffice()
    {
        double[] t = [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        var answer = await api.Api.JacobianAsync(new JacobianRequest { Expression = "y = a*exp(b*t)", Inputs = Values(("a", 2), ("b", -0.5), ("t", t)), Wrt = ["a", "b"] });
        (answer.Mode, answer.Passes).ShouldBe((DifferentiationMode.Forward, 2));
        answer.Jacobians["y"]["a"].ShouldBe([.. t.Select(v => Math.Exp(-0.5 * v))], shape: [1000]);
        answer.Jacobians["y"]["b"].ShouldBe([.. t.Select(v => 2 * v * Math.Exp(-0.5 * v))]);
    }

    [Fact]
    public async Task A_hessian_has_a_block_for_each_pair()
    {
        var answer = await api.Api.HessianAsync(new HessianRequest { Expression = SquareOfSum, Inputs = Point });
        answer.Hessians.SelectMany(row => row.Value.Values.Select(block => block.AsDouble())).ShouldBe([18, -4, -6, -4, 8, 4, -6, 4, 2]);
    }

    [Fact]
    public async Task A_hessian_of_several_elements_is_refused() =>
        await api.Api.HessianAsync(new HessianRequest { Expression = "y = x^2", Inputs = Values(("x", Vector(1, 2))) }).ShouldBeRefusedAsync("output");

    [Fact]
    public async Task The_hessian_of_rosenbrocks_function_in_ten_dimensions_is_right_and_symmetric()
    {
        double[] x = [.. Enumerable.Range(0, Rosenbrocks).Select(i => 0.3 * Math.Pow(-1.1, i))];
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Nodes =
            [
                Sliced("u", 0, Rosenbrocks - 1), Sliced("v", 1, Rosenbrocks),
                new NodeContract { Name = "uu", Op = "Mul", Inputs = ["u", "u"] }, new NodeContract { Name = "d", Op = "Sub", Inputs = ["v", "uu"] },
                new NodeContract { Name = "dd", Op = "Mul", Inputs = ["d", "d"] }, new NodeContract { Name = "h", Op = "Mul", Inputs = [100L, "dd"] },
                new NodeContract { Name = "o", Op = "Sub", Inputs = [1L, "u"] }, new NodeContract { Name = "oo", Op = "Mul", Inputs = ["o", "o"] },
                new NodeContract { Name = "t", Op = "Add", Inputs = ["h", "oo"] },
                new NodeContract { Name = "L", Op = "ReduceSum", Inputs = ["t"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } },
            ],
            Outputs = ["L"],
        };
        double[] hessian = (await api.Api.HessianAsync(new HessianRequest { Graph = graph, Inputs = Values(("x", x)) })).Hessians["x"]["x"].ToArray();
        for (int i = 0; i < Rosenbrocks; i++)
        {
            for (int j = 0; j < Rosenbrocks; j++)
            {
                hessian[(i * Rosenbrocks) + j].ShouldBe(Rosenbrock(x, i, j), 1e-11, $"[{i},{j}]");
                hessian[(i * Rosenbrocks) + j].ShouldBe(hessian[(j * Rosenbrocks) + i]);
            }
        }
    }

    private static GraphContract Reducing => new()
    {
        Inputs = [new InputContract { Name = "x" }],
        Nodes =
        [
            new NodeContract { Name = "sines", Op = "Sin", Inputs = ["x"] },
            new NodeContract { Name = "s", Op = "ReduceSum", Inputs = ["sines"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } },
            new NodeContract { Name = "q", Op = "ReduceSumSquare", Inputs = ["x"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0L } },
        ],
        Outputs = ["s", "q"],
    };

    private static double Rosenbrock(double[] x, int i, int j)
    {
        double first = i < Rosenbrocks - 1 ? 2 + (1200 * x[i] * x[i]) - (400 * x[i + 1]) : 0;
        double second = i > 0 ? 200 : 0;
        return i == j ? first + second : Math.Abs(i - j) == 1 ? -400 * x[Math.Min(i, j)] : 0;
    }

    private static NodeContract Sliced(string name, long start, long end) => new()
    {
        Name = name,
        Op = "Slice",
        Inputs = ["x"],
        Attributes = new Dictionary<string, AttributeContract> { ["starts"] = new[] { start }, ["ends"] = new[] { end } },
    };
}
