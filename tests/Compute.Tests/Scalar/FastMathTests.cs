using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;

namespace Backprop.Compute.Tests.Scalar;

/// <summary>Exponential, sine, cosine and hyperbolic tangent of a scalar program against those of the C library.</summary>
public class FastMathTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(0));
    private static readonly Plan Functions = Compile();

    [Theory]
    [InlineData(3, 2000)]
    [InlineData(1e5, 2000)]
    [InlineData(1e-6, 200)]
    [InlineData(700, 2000)]
    [InlineData(1e300, 200)]
    public void They_are_within_a_few_units_in_the_last_place(double scale, int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            double x = ((random.NextDouble() * 2) - 1) * scale;
            double[] made = Run(x);
            Units(made[0], Math.Sin(x)).ShouldBeLessThanOrEqualTo(1, $"sin {x:R}");
            Units(made[1], Math.Cos(x)).ShouldBeLessThanOrEqualTo(1, $"cos {x:R}");
            Units(made[2], Math.Tanh(x)).ShouldBeLessThanOrEqualTo(4, $"tanh {x:R}");
            Units(made[3], Math.Exp(x)).ShouldBeLessThanOrEqualTo(1, $"exp {x:R}");
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-double.Epsilon)]
    [InlineData(double.Epsilon)]
    [InlineData(-1e-310)]
    [InlineData(Math.PI)]
    [InlineData(709.7)]
    [InlineData(709.8)]
    [InlineData(-745.1)]
    [InlineData(-746.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Peculiar_numbers_give_what_the_library_gives(double x)
    {
        double[] made = Run(x);
        made.ShouldBe([Math.Sin(x), Math.Cos(x), Math.Tanh(x), Math.Exp(x)]);
    }

    [Fact]
    public void Zero_keeps_its_sign()
    {
        double[] made = Run(-0.0);
        double.IsNegative(made[0]).ShouldBeTrue();
        double.IsNegative(made[2]).ShouldBeTrue();
    }

    private static double[] Run(double x) => [.. Executor.Run(Functions, [Tensor.Scalar(x)]).Select(result => result[0])];

    private static long Units(double a, double b) => Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));

    private static Plan Compile()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar));
        return HostExecutor.Compile(new Graph([x], [new("sin", b.Sin(x)), new("cos", b.Cos(x)), new("tanh", b.Tanh(x)), new("exp", b.Exp(x))]));
    }
}
