using Backprop.Compute.Experiments;
using Shouldly;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>Learning rates, forgotten zeroing and missing clipping: the numbers support the conclusions.</summary>
public class DescentTests
{
    public static TheoryData<long, double, double, double> Quadratics
    {
        get
        {
            var data = new TheoryData<long, double, double, double>();
            foreach (double momentum in (double[])[0, 0.5, 0.9])
            {
                data.Add(0, 1, momentum, 0.01);
                data.Add(1, 40, momentum, 0.01);
                data.Add(2, 0.01, momentum, 0.2);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Quadratics))]
    public void A_quadratic_diverges_just_above_the_boundary_and_not_below(long seed, double curvature, double momentum, double margin)
    {
        ExperimentResult result = Trial.Run("learning-rate", seed,
            ("curvature", curvature), ("momentum", momentum), ("margin", margin), ("conditionNumber", 100), ("steps", 600));
        (double Factor, bool Diverges)[] rows = [.. result.Table!.Rows.Select(row => (row[1].Number!.Value, row[4].Flag!.Value))];
        rows.Single(row => row.Factor == 1 - margin).Diverges.ShouldBeFalse();
        rows.Single(row => row.Factor == 1 + margin).Diverges.ShouldBeTrue();
        rows.Single(row => row.Factor == 0.5).Diverges.ShouldBeFalse();
        double boundary = 2 * (1 + momentum) / curvature;
        result.Charts.Single(chart => chart.Name == "growth").Marks.ShouldHaveSingleItem().At.ShouldBe(boundary);
        ExperimentSeries growth = result.Curve("growth", "steepest direction");
        growth.X.Zip(growth.Y).ShouldAllBe(point => Math.Abs((point.First / boundary) - 1) < 0.005 || (point.Second > 1) == (point.First > boundary));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(1.2)]
    public void Without_momentum_a_step_multiplies_the_distance_by_one_minus_the_rate_times_the_curvature(double factor)
    {
        ExperimentSeries growth = Trial.Run("learning-rate", 5, ("curvature", 4)).Curve("growth", "steepest direction");
        (double rate, double found) = growth.X.Zip(growth.Y).MinBy(point => Math.Abs(point.First - (factor * 0.5)));
        found.ShouldBe(Math.Abs(1 - (4 * rate)), 1e-9);
    }

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.05)]
    [InlineData(2, 0.01)]
    [InlineData(3, 0.1)]
    public void Gradients_that_are_not_zeroed_push_beyond_the_minimum(long seed, double rate)
    {
        ExperimentResult result = Trial.Run("forgotten-zero-grad", seed, ("learningRate", rate), ("steps", 400));
        IReadOnlyList<double> zeroed = result.Curve("loss", "set to zero").Y, summed = result.Curve("loss", "not set to zero").Y;
        (summed[0], summed[1]).ShouldBe((zeroed[0], zeroed[1]), "the first step is the same");
        result.Number("set to zero", "steps that raised the loss").ShouldBe(0);
        result.Number("not set to zero", "steps that raised the loss").ShouldBeGreaterThan(100);
        summed.Skip(200).Average().ShouldBeGreaterThan(5 * zeroed[^1]);
        IReadOnlyList<double> used = result.Curve("used-gradient", "not set to zero").Y;
        used.Skip(200).Max().ShouldBeGreaterThan(10 * result.Curve("used-gradient", "set to zero").Y[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_clipping_a_spike_ends_in_nan_and_with_it_the_loss_falls(long seed)
    {
        ExperimentResult result = Trial.Run("no-clipping", seed);
        IReadOnlyList<double> free = result.Curve("loss", "without clipping").Y, clipped = result.Curve("loss", "with clipping").Y;
        int broken = (int)result.Number("without clipping", "first step without a finite loss");
        free.Take(broken).Max().ShouldBeGreaterThan(1000 * free[0], "a spike comes first");
        free.Skip(broken).ShouldAllBe(loss => !double.IsFinite(loss));
        double.IsNaN(free[^1]).ShouldBeTrue();
        clipped.ShouldAllBe(loss => double.IsFinite(loss));
        clipped[^1].ShouldBeLessThan(clipped[0] / 20);
        result.Row("with clipping")[^1].Text.ShouldBe("none");
        result.Conclusion.ShouldContain($"NaN at step {broken}", Case.Sensitive, free[broken].ToString());
    }

    [Fact]
    public void Where_nothing_explodes_clipping_changes_nothing()
    {
        ExperimentResult result = Trial.Run("no-clipping", 0, ("scale", 0.5), ("learningRate", 0.01), ("clipNorm", 1000));
        result.Curve("loss", "without clipping").Y.ShouldBe(result.Curve("loss", "with clipping").Y);
        result.Conclusion.ShouldContain("0 of 100 gradients were clipped");
    }
}
