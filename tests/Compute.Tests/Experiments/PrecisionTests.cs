using Backprop.Compute.Experiments;
using Shouldly;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>Differences, softmax and low precision: the numbers support the conclusions.</summary>
public class PrecisionTests
{
    [Theory]
    [InlineData(0, 3, 8)]
    [InlineData(1, 2, 4)]
    [InlineData(2, 6, 16)]
    public void The_error_over_the_step_is_a_u_with_the_slopes_of_theory(long seed, int inputs, int hidden)
    {
        ExperimentResult result = Trial.Run("finite-differences", seed, ("inputs", inputs), ("hidden", hidden), ("steps", 1));
        double u = Math.Pow(2, -53);
        Check("forward", Math.Sqrt(u), 1);
        Check("central", Math.Cbrt(u), 2);

        void Check(string name, double expected, double order)
        {
            ExperimentSeries curve = result.Curve("error", name);
            (double X, double Y)[] points = [.. curve.X.Zip(curve.Y)];
            points.MinBy(point => point.Y).X.ShouldBeInRange(expected / 30, expected * 30, name);
            Trial.Slope(points.Where(point => point.X <= 0.01 && point.X > 30 * expected)).ShouldBe(order, 0.15, name);
            Trial.Slope(points.Where(point => point.X < expected / 30)).ShouldBe(-1, 0.2, name);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void In_float32_the_best_step_is_larger_and_the_error_too(long seed)
    {
        ExperimentResult result = Trial.Run("finite-differences", seed, ("dtype", "float32"), ("steps", 1));
        ExperimentSeries forward = result.Curve("error", "forward"), central = result.Curve("error", "central");
        double u = Math.Pow(2, -24);
        forward.X[forward.Y.Index().MinBy(point => point.Item).Index].ShouldBeInRange(Math.Sqrt(u) / 30, Math.Sqrt(u) * 30);
        central.X[central.Y.Index().MinBy(point => point.Item).Index].ShouldBeInRange(Math.Cbrt(u) / 30, Math.Cbrt(u) * 30);
        forward.Y.Min().ShouldBeInRange(1e-5, 1e-2);
    }

    [Theory]
    [InlineData("forward", 1)]
    [InlineData("central", 2)]
    public void Training_with_differences_needs_evaluations_for_every_parameter_and_ends_at_the_same_loss(string method, int each)
    {
        ExperimentResult result = Trial.Run("finite-differences", 4, ("inputs", 3), ("hidden", 5), ("method", method), ("steps", 10));
        int parameters = (3 * 5) + 5 + 5 + 1;
        result.Number($"{method} differences", "evaluations").ShouldBe(10 * (1 + (each * parameters)));
        result.Number("backpropagation", "evaluations").ShouldBe(10);
        result.Number($"{method} differences", "last loss").ShouldBe(result.Number("backpropagation", "last loss"), 1e-5);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 2)]
    [InlineData(2, 100)]
    public void The_formula_of_softmax_overflows_with_the_exponential_and_log_space_does_not(long seed, int classes)
    {
        ExperimentResult result = Trial.Run("stable-softmax", seed, ("classes", classes));

        // The sum of several large exponentials overflows a little before the largest one, by less than ln of their number.
        result.Number("formula, float32", "largest finite logit").ShouldBeInRange(88.72 - Math.Log(classes), 88.73);
        result.Number("formula, float64", "largest finite logit").ShouldBeInRange(709.78 - Math.Log(classes), 709.79);
        foreach (string dtype in (string[])["float32", "float64"])
        {
            result.Curve("loss", $"log space, {dtype}").Y.ShouldAllBe(loss => double.IsFinite(loss));
            ExperimentSeries formula = result.Curve("loss", $"formula, {dtype}");
            double limit = result.Number($"formula, {dtype}", "largest finite logit");
            formula.X.Zip(formula.Y).ShouldAllBe(point => double.IsFinite(point.Second) == point.First <= limit);
        }

        result.Conclusion.ShouldContain("In log space every loss is finite, up to a logit of 1000 in both types.");
    }

    [Fact]
    public void Below_the_overflow_the_conclusion_says_so() => Trial.Run("stable-softmax", 0, ("largest", 80)).Conclusion
        .ShouldContain("In float32 the formula is finite up to 80, below the overflow of the exponential at 88.7.");

    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(1, 1e-7)]
    [InlineData(2, 1e-5)]
    public void Fp16_loses_what_is_below_its_smallest_number_and_loss_scaling_keeps_it(long seed, double size)
    {
        ExperimentResult result = Trial.Run("low-precision", seed, ("lossSize", size));
        result.Number(1, "fp16 lost").ShouldBeGreaterThan(0.05);
        result.Number(1, "bf16 lost").ShouldBe(0);
        IReadOnlyList<double> lost = result.Curve("lost", "fp16").Y, errors = result.Curve("error", "fp16").Y;
        double best = errors.Where(double.IsFinite).Min();
        int at = errors.ToList().IndexOf(best);
        at.ShouldBeGreaterThan(4);
        lost[at].ShouldBeLessThan(0.01);
        best.ShouldBeLessThan(Math.Pow(2, -8), "an error of some units of 11 bits");
        errors[0].ShouldBeGreaterThan(10 * best);
        (size >= 1e-6).ShouldBe(!double.IsFinite(errors[^1]), "too large a scale overflows: that of 1e-7 would be beyond 2^36");
        result.Curve("error", "bf16").Y.ShouldAllBe(error => error > Math.Pow(2, -11) && error < Math.Pow(2, -4));
        result.Conclusion.ShouldContain("its smallest number is 2^-24");
    }

    [Fact]
    public void A_number_of_half_the_smallest_is_lost_and_a_little_more_is_not()
    {
        RoundedFormat.Fp16.Round(Math.Pow(2, -25)).ShouldBe(0);
        RoundedFormat.Fp16.Round(Math.Pow(2, -25) * 1.01).ShouldBe(Math.Pow(2, -24));
        RoundedFormat.Bf16.Round(Math.Pow(2, -25)).ShouldBe(Math.Pow(2, -25));
    }

    [Fact]
    public void Fp16_rounds_as_the_type_of_the_framework_does()
    {
        var random = new Random(7);
        double[] edges = [65504, 65519.9, 65520, -65520, 5.9e-8, 2.9e-8, 1e-300, 1 + (1 / 2048.0), 1 + (3 / 2048.0), 0, -0.0, double.NaN, double.NegativeInfinity];
        foreach (double number in edges.Concat(Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-30, 20)))))
        {
            RoundedFormat.Fp16.Round(number).ShouldBe((double)(Half)number, $"{number:R}");
        }
    }

    [Fact]
    public void Bf16_keeps_eight_bits_of_the_nearest_number()
    {
        RoundedFormat.Bf16.Round(1 + (1 / 256.0)).ShouldBe(1, "a tie goes to the even number");
        RoundedFormat.Bf16.Round(1 + (3 / 256.0)).ShouldBe(1 + (4 / 256.0));
        RoundedFormat.Bf16.Round(3.14159).ShouldBe(3.140625);
        RoundedFormat.Bf16.Round(3.4e38).ShouldBe(double.PositiveInfinity);
        RoundedFormat.Bf16.Round(3.38e38).ShouldBe(254 * Math.Pow(2, 120));
    }
}
