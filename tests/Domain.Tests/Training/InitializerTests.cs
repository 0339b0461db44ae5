using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Batches;
using Backprop.Domain.Training.Initializers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Training;

/// <summary>Initial values and the order of examples: what they must be distributed like, and that they depend only on seed and name.</summary>
public class InitializerTests
{
    [Theory]
    [InlineData(InitializerName.XavierUniform, FanLayout.InOut, 0.0, 0.005)]
    [InlineData(InitializerName.XavierNormal, FanLayout.OutIn, 0.0, 0.005)]
    [InlineData(InitializerName.HeUniform, FanLayout.InOut, 0.0, 0.02)]
    [InlineData(InitializerName.HeNormal, FanLayout.OutIn, 0.0, 0.0066666667)]
    [InlineData(InitializerName.LecunNormal, FanLayout.InOut, 0.0, 0.01)]
    [InlineData(InitializerName.Normal, null, 0.0, 1.0)]
    [InlineData(InitializerName.Uniform, null, 0.5, 1.0 / 12)]
    public void Mean_and_variance_are_those_of_its_definition(InitializerName name, FanLayout? fan, double mean, double variance)
    {
        double[] values = Draw(new InitializerOptions(name) { Fan = fan }, [100, 300]).Values<double>().ToArray();
        double average = values.Average();
        average.ShouldBe(mean, 4 * Math.Sqrt(variance / values.Length));
        values.Average(value => (value - average) * (value - average)).ShouldBe(variance, 0.04 * variance);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    public void Rows_or_columns_of_an_orthogonal_matrix_are_orthonormal(int rows, int columns)
    {
        Tensor matrix = Draw(new InitializerOptions(InitializerName.Orthogonal) { Gain = 2 }, [rows, columns]);
        int count = Math.Min(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double product = Enumerable.Range(0, Math.Max(rows, columns)).Sum(k => rows < columns
                    ? matrix[(i * columns) + k] * matrix[(j * columns) + k]
                    : matrix[(k * columns) + i] * matrix[(k * columns) + j]);
                product.ShouldBe(i == j ? 4 : 0, 1e-12);
            }
        }
    }

    [Fact]
    public void Values_depend_on_seed_and_name_only()
    {
        var options = new InitializerOptions(InitializerName.Normal);
        double[] Drawn(long seed, string name) => Draw(options, [4], seed, name).Values<double>().ToArray();
        Drawn(1, "w").ShouldBe(Drawn(1, "w"));
        Drawn(1, "w").ShouldNotBe(Drawn(2, "w"));
        Drawn(1, "w").ShouldNotBe(Drawn(1, "v"));
    }

    [Theory]
    [InlineData(10, 3, false, 1, 4, 4)]
    [InlineData(10, 3, true, 1, 3, 3)]
    [InlineData(10, 3, false, 3, 4, 2)]
    [InlineData(12, 3, false, 2, 4, 2)]
    public void Batches_are_those_of_a_DataLoader_and_each_epoch_has_an_order_of_its_own(int examples, int size, bool dropLast, int accumulation, int batches, int steps)
    {
        var made = MiniBatches.Of(examples, new BatchOptions { Size = size, DropLast = dropLast, AccumulationSteps = accumulation });
        (made.PerEpoch, made.StepsPerEpoch).ShouldBe((batches, steps));
        Enumerable.Range(0, steps).Sum(step => made.Of(step).Count).ShouldBe(batches);
        int[] first = new int[examples], again = new int[examples], second = new int[examples];
        made.Order(0, first);
        made.Order(0, again);
        made.Order(1, second);
        first.ShouldBe(again);
        first.ShouldNotBe(second);
        first.Order().ShouldBe(Enumerable.Range(0, examples));
    }

    private static Tensor Draw(InitializerOptions options, int[] dims, long seed = 3, string name = "w")
    {
        var type = new TensorType(DType.Float64, Shape.Of(dims));
        InitializerRules.Require(options, type.Shape, "parameters.w");
        return Initializer.Draw(options, type, seed, name, HostExecutor.Evaluate);
    }
}
