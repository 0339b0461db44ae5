using Backprop.Compute.Experiments;
using Shouldly;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>Vanishing and exploding gradients: the numbers support the conclusions.</summary>
public class GradientFlowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_layer_of_a_sigmoid_network_gets_a_quarter_at_most_per_layer(long seed)
    {
        ExperimentResult result = Trial.Run("vanishing-gradients", seed, ("depth", 20), ("width", 48));
        double[] ratios = [.. result.Curve("depth", "sigmoid, xavier").Y];
        ratios.Zip(ratios.Skip(1)).ShouldAllBe(pair => pair.Second < pair.First);

        // The weights of 48 units multiply by at most about 2 in norm, the derivative by at most 1/4.
        ratios[^1].ShouldBeLessThan(Math.Pow(0.5, 19));
        result.Conclusion.ShouldStartWith("With sigmoid, xavier the gradient vanishes: the first of 20 layers gets ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void He_keeps_relu_at_the_same_order_at_every_depth(long seed)
    {
        ExperimentResult result = Trial.Run("vanishing-gradients", seed, ("depth", 40), ("width", 64), ("activation", "relu"), ("initialization", "he"));
        result.Curve("depth", "relu, he").Y.ShouldAllBe(ratio => ratio > 1.0 / 30 && ratio < 30);
        result.Curve("layers", "relu, he").Y.ShouldAllBe(norm => norm > 1.0 / 100 && norm < 100);
        result.Conclusion.ShouldContain("With relu, he the gradient keeps its order of magnitude");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Residuals_keep_the_gradient_of_a_sigmoid_and_normalisation_makes_its_fall_less_steep(long seed)
    {
        ExperimentResult residual = Trial.Run("vanishing-gradients", seed, ("depth", 20), ("residual", true));
        residual.Number(20, "sigmoid, xavier, residual").ShouldBeInRange(0.1, 100);
        residual.Conclusion.ShouldContain("With sigmoid, xavier, residual the gradient keeps its order of magnitude");
        ExperimentResult normalised = Trial.Run("vanishing-gradients", seed, ("depth", 20), ("normalization", "layer"));
        normalised.Number(20, "sigmoid, xavier, normalised").ShouldBeInRange(100 * normalised.Number(20, "sigmoid, xavier"), 1e-3);
    }

    [Theory]
    [InlineData(0, 1.5)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 0.5)]
    public void The_norm_grows_by_the_gain_per_layer(long seed, double gain)
    {
        ExperimentResult result = Trial.Run("exploding-gradients", seed, ("gain", gain), ("depth", 50), ("width", 64), ("dtype", "float64"));
        Factor(result, $"relu, he, gain {gain}").ShouldBe(gain, 0.1 * gain);
        Factor(result, "relu, he").ShouldBe(1, 0.1);
        Factor(result, $"relu, he, normalised, gain {gain}").ShouldBe(1, 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void In_float32_the_gradient_ends_where_the_numbers_do(long seed)
    {
        ExperimentResult result = Trial.Run("exploding-gradients", seed, ("gain", 4), ("depth", 100));
        IReadOnlyList<double> norms = result.Curve("depth", "relu, he, gain 4").Y;
        int finite = norms.TakeWhile(double.IsFinite).Count();

        // 4^64 is 3e38.
        result.Curve("depth", "relu, he, gain 4").X[finite].ShouldBeInRange(50, 80);
        norms.Skip(finite).ShouldAllBe(norm => !double.IsFinite(norm));
        result.Conclusion.ShouldContain("beyond the range of float32");
    }

    private static double Factor(ExperimentResult result, string name)
    {
        ExperimentSeries curve = result.Curve("depth", name);
        return ExplodingGradientsExperiment.Factor([.. curve.Y], [.. curve.X.Select(x => (int)x)]);
    }
}
