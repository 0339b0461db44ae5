using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Sampling;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>Random values have the right distribution, and are the same each time.</summary>
public class RandomRowsTests
{
    private const int Count = 40_000;

    [Fact]
    public void Uniform_draws_have_the_moments_of_their_range()
    {
        (double mean, double variance) = Moments(Drawn("RandomUniform", ("low", -1.0), ("high", 3.0), ("seed", 5.0)));
        mean.ShouldBe(1, 0.03);
        variance.ShouldBe(16.0 / 12, 0.03);
    }

    [Fact]
    public void Normal_draws_have_the_moments_that_are_asked_for()
    {
        Tensor drawn = Drawn("RandomNormal", ("mean", 2.0), ("scale", 0.5));
        (double mean, double variance) = Moments(drawn);
        mean.ShouldBe(2, 0.01);
        variance.ShouldBe(0.25, 0.01);
        Enumerable.Range(0, Count).Count(i => Math.Abs(drawn[i] - 2) < 0.5).ShouldBeInRange((int)(0.675 * Count), (int)(0.69 * Count));
    }

    [Fact]
    public void Dropout_keeps_its_share_and_the_mean()
    {
        var x = new Literal(Tensor.Filled(new TensorType(DType.Float64, Shape.Of(Count)), 1));
        Tensor y = Run("Dropout", ["x", Literal.Of(0.3), "training"], x, ("seed", 1L));
        Enumerable.Range(0, Count).Count(i => y[i] != 0).ShouldBeInRange((int)(0.69 * Count), (int)(0.71 * Count));
        Enumerable.Range(0, Count).Where(i => y[i] != 0).ShouldAllBe(i => Math.Abs(y[i] - (1 / 0.7)) < 1e-15);
    }

    [Fact]
    public void The_mask_is_that_of_the_seed()
    {
        var x = new Literal(Tensor.Filled(new TensorType(DType.Float64, Shape.Of(12)), 1));
        Tensor y = Run("Dropout", ["x", Literal.Of(0.5), "training"], x, ("seed", 7L));
        SeededGenerator random = SeededGenerator.For(BitConverter.DoubleToInt64Bits(7), "Dropout");
        for (int i = 0; i < y.Count; i++)
        {
            y[i].ShouldBe(random.Unit() >= 0.5 ? 2 : 0);
        }
    }

    [Fact]
    public void Without_a_seed_the_name_of_the_node_chooses_and_the_same_comes_again()
    {
        Tensor[] first = Both(), again = Both();
        first[0].Bytes().SequenceEqual(first[1].Bytes()).ShouldBeFalse();
        first[0].Bytes().SequenceEqual(again[0].Bytes()).ShouldBeTrue();

        static Tensor[] Both()
        {
            NodeDefinition[] nodes = [.. new[] { "a", "b" }.Select(name => new NodeDefinition("RandomUniform", [], Attributes(("shape", new[] { 8 })), [name]))];
            Execution answer = Engine.Run(new GraphDefinition([], [], nodes, ["a", "b"]), new Dictionary<string, Literal>(), Queries.Evaluation());
            return [answer[ResultKey.Output("a")], answer[ResultKey.Output("b")]];
        }
    }

    private static Tensor Drawn(string op, params (string, AttributeValue)[] attributes) =>
        Engine.Run(
            new GraphDefinition([], [], [new NodeDefinition(op, [], Attributes([("shape", new[] { Count }), .. attributes]), ["y"])], ["y"]),
            new Dictionary<string, Literal>(),
            Queries.Evaluation())[ResultKey.Output("y")];

    private static Tensor Run(string op, Operand[] operands, Literal x, params (string, AttributeValue)[] attributes) => Engine.Run(
        new GraphDefinition(
            [new InputDefinition("x", null)],
            [new ConstantDefinition("training", new Literal(Tensor.Scalar(true), DType.Bool))],
            [new NodeDefinition(op, operands, Attributes(attributes), ["y"])],
            ["y"]),
        new Dictionary<string, Literal> { ["x"] = x },
        Queries.Evaluation())[ResultKey.Output("y")];

    private static Dictionary<string, AttributeValue> Attributes(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);

    private static (double Mean, double Variance) Moments(Tensor x)
    {
        double mean = Enumerable.Range(0, x.Count).Average(i => x[i]);
        return (mean, Enumerable.Range(0, x.Count).Average(i => (x[i] - mean) * (x[i] - mean)));
    }
}
