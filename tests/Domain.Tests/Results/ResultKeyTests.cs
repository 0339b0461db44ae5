using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Backprop.Domain.Transformations.Checkpointing;
using Backprop.Testing.Running;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Results;

/// <summary>Every result is found by its key whatever its value is called, even where names look like roles: L = Σ sin(xᵢ).</summary>
public class ResultKeyTests
{
    // Of what names are put together: parts of keys, of paths and of plan keys.
    private static readonly string[] Parts =
    [
        ":", "y:", "g:", "t:", "p:", "h:0", "v:", "c:0", "l:0", "saved:", "value", "norm", "Value", "GradientNorm", "inputs.", "seed", "|", ",", "1:", "x", " ", "∂",
    ];

    private static readonly Gen<string> Name = Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).List[1, 3].Select(string.Concat);

    private static readonly Gen<List<string>> Names = Name.List[9, 40].Select(names => names.Distinct().ToList()).Where(names => names.Count >= 7);

    [Fact]
    public void Results_are_found_by_their_keys() => Names.Sample(
        names =>
        {
            int count = (names.Count - 1) / 2;
            (string[] x, string[] sines, string sum) = ([.. names[..count]], [.. names[count..(2 * count)]], names[^1]);
            NodeDefinition[] nodes = [.. x.Select((input, i) => Node(sines[i], "Sin", input)), Node(sum, "Sum", sines)];
            var graph = new GraphDefinition([.. x.Select(input => new InputDefinition(input))], [], nodes, [sum, .. sines]);
            Dictionary<string, Literal> inputs = x.Index().ToDictionary(pair => pair.Item, pair => Literal.Of(At(pair.Index)));
            Dictionary<string, Literal> tangents = x[..1].ToDictionary(input => input, _ => Literal.Of(1));
            double[] sin = [.. x.Select((_, i) => Math.Sin(At(i)))], cos = [.. x.Select((_, i) => Math.Cos(At(i)))];

            Execution gradient = Engine.Run(graph, inputs, Queries.Gradient(null, sum, null, null, new CheckpointStrategy.Save(sines)));
            Holds(gradient, ResultRole.Gradient, x, cos);
            gradient[ResultKey.Value][0].ShouldBe(sin.Sum(), 1e-12);
            gradient[ResultKey.GradientNorm][0].ShouldBe(Math.Sqrt(cos.Sum(c => c * c)), 1e-12);
            gradient.WithRole(ResultRole.Saved).ShouldBeEmpty();

            Execution forward = Engine.Run(graph, inputs, Queries.JacobianVectorProduct(tangents));
            Holds(forward, ResultRole.Output, [sum, .. sines], [sin.Sum(), .. sin]);
            Holds(forward, ResultRole.Tangent, [sum, .. sines], [cos[0], cos[0], .. sin[1..].Select(_ => 0.0)]);

            Execution second = Engine.Run(graph, inputs, Queries.HessianVectorProduct(null, sum, tangents));
            Holds(second, ResultRole.Gradient, x, cos);
            Holds(second, ResultRole.HessianProduct, x, [-sin[0], .. sin[1..].Select(_ => 0.0)]);

            Execution backward = Engine.Run(graph, inputs, Queries.VectorJacobianProduct(null, new Dictionary<string, Literal> { [sum] = Literal.Of(2) }));
            Holds(backward, ResultRole.Gradient, x, [.. cos.Select(c => 2 * c)]);

            Holds(Engine.Run(graph, inputs, Queries.Primals()), ResultRole.Primal, [.. sines, sum], [.. sin, sin.Sum()]);

            (Execution all, JacobianFacts blocks) = Engine.Describe(graph, inputs, Queries.Jacobian(null, [sum], JacobianMode.Auto));
            Func<int, int, Tensor> block = blocks.Blocks(all);
            x.Index().ShouldAllBe(pair => Math.Abs(block(0, pair.Index)[0] - cos[pair.Index]) < 1e-12);
            Distinct(all);
        },
        iter: 200);

    [Fact]
    public void The_numbers_of_a_walk_through_are_found_by_their_uses() => Names.Sample(
        names =>
        {
            (string x, string sine, string square) = (names[0], names[1], names[2]);
            var graph = new GraphDefinition([new InputDefinition(x)], [], [Node(sine, "Sin", x), Node(square, "Mul", sine, sine)], [square]);
            (Execution run, TraceFacts facts) = Engine.Describe(graph, new Dictionary<string, Literal> { [x] = Literal.Of(0.3) }, Trace.Query(null, square, null));
            Holds(run, ResultRole.Primal, [x, sine, square], [0.3, Math.Sin(0.3), Math.Sin(0.3) * Math.Sin(0.3)]);
            Holds(run, ResultRole.Gradient, [square, sine, x], [1, 2 * Math.Sin(0.3), Math.Sin(0.6)]);
            TracedUse use = facts.Backward.Single(value => value.Name == x).Uses.Single();
            run[ResultKey.LocalDerivative(use.Number)][0].ShouldBe(Math.Cos(0.3), 1e-12);
            run[ResultKey.Contribution(use.Number)][0].ShouldBe(Math.Sin(0.6), 1e-12);
            Distinct(run);
        },
        iter: 200);

    [Fact]
    public void What_is_no_result_is_not_found()
    {
        var graph = new GraphDefinition([new InputDefinition("g:x")], [], [Node("y", "Sin", "g:x")], ["y"]);
        Execution run = Engine.Run(graph, new Dictionary<string, Literal> { ["g:x"] = Literal.Of(1) }, Queries.Gradient(null, null, null, null));
        Should.Throw<KeyNotFoundException>(() => run[ResultKey.Gradient("x")]);
        Should.Throw<KeyNotFoundException>(() => run[ResultKey.Tangent("g:x")]);
        run.WithRole(ResultRole.Tangent).ShouldBeEmpty();
    }

    private static double At(int place) => 0.1 * (place + 1);

    private static void Holds(Execution run, ResultRole role, string[] names, double[] values)
    {
        run.WithRole(role).Select(result => result.Key.Name).ShouldBe(names, ignoreOrder: true);
        names.Index().ShouldAllBe(pair => Math.Abs(run[new ResultKey(role, pair.Item, 0)][0] - values[pair.Index]) < 1e-12);
        Distinct(run);
    }

    private static void Distinct(Execution run) => run.Results.Select(result => result.Key).Distinct().Count().ShouldBe(run.Results.Count);

    private static NodeDefinition Node(string name, string op, params string[] operands) =>
        new(op, [.. operands.Select(operand => (Operand)operand)], NodeDefinition.NoAttributes, [name]);
}
