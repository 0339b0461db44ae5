using Backprop.Compute.Experiments;
using Shouldly;

namespace Backprop.Compute.Tests.Experiments;

/// <summary>Gates, fan-outs, modes and checkpoints: the numbers support the conclusions.</summary>
public class BackwardPassTests
{
    [Theory]
    [InlineData(3, -4, 1)]
    [InlineData(-2, 5, 0.5)]
    [InlineData(7, 2, -3)]
    public void Add_copies_multiply_swaps_and_max_routes(double a, double b, double upstream)
    {
        ExperimentResult result = Trial.Run("gates", 0, ("a", a), ("b", b), ("upstream", upstream), ("small", 1e-7));
        Row("add", b).ShouldBe((a + b, upstream, upstream));
        Row("multiply", b).ShouldBe((a * b, b * upstream, a * upstream));
        Row("max", b).ShouldBe((Math.Max(a, b), a > b ? upstream : 0, a > b ? 0 : upstream));
        Row("multiply", 1e-7).ShouldBe((a * 1e-7, 1e-7 * upstream, a * upstream));
        result.Conclusion.ShouldStartWith($"Add copies: both inputs get {upstream}, whatever their values. Multiply swaps: a gets ");
        result.Conclusion.ShouldContain($"Max routes: {(a > b ? "a" : "b")}, the larger");

        (double Value, double OfA, double OfB) Row(string gate, double second)
        {
            IReadOnlyList<ScalarValue> row = result.Table!.Rows.Single(one => one[0] == gate && one[2] == second);
            return (row[3].Number!.Value, row[4].Number!.Value, row[5].Number!.Value);
        }
    }

    [Fact]
    public void Max_shares_between_equal_inputs() => Trial.Run("gates", 0, ("a", 2), ("b", 2)).Conclusion.ShouldContain("Max shares: a equals b, and each gets 0.5.");

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, -1)]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    public void Summing_agrees_with_the_engine_and_overwriting_keeps_one_contribution(long seed, double x)
    {
        ExperimentResult result = Trial.Run("overwritten-fan-out", seed, ("uses", 10), ("depth", 10), ("branch", 0.2), ("x", x));
        result.Table!.Rows.ShouldAllBe(row => row[4].Number <= 1e-14 * Math.Max(1, Math.Abs(row[1].Number!.Value)));
        IReadOnlyList<double> summed = result.Curve("uses", "summed (+=)").Y, kept = result.Curve("uses", "overwritten (=)").Y;
        kept.ShouldAllBe(gradient => gradient == summed[0], "the use that was written first is visited last, and is the only one of a graph with one use");
        result.Number("1 uses", "relative error").ShouldBe(0);
        for (int k = 2; k <= 10; k++)
        {
            result.Number($"{k} uses", "relative error").ShouldBe(1 - (kept[k - 1] / summed[k - 1]), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(1, 0.1)]
    public void Overwriting_removes_the_identity_path_of_residual_blocks(long seed, double branch)
    {
        ExperimentResult result = Trial.Run("overwritten-fan-out", seed, ("depth", 16), ("branch", branch));
        IReadOnlyList<double> summed = result.Curve("residual", "summed (+=)").Y, kept = result.Curve("residual", "overwritten (=)").Y;
        summed.ShouldAllBe(gradient => gradient >= 1);

        // The weights of a branch are at most 1.5.
        kept.Index().ShouldAllBe(point => point.Item <= Math.Pow(1.5 * branch, point.Index + 1));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Reverse_mode_has_fewer_operations_below_as_many_outputs_as_inputs_and_more_above(int inputs)
    {
        ExperimentResult result = Trial.Run("forward-or-reverse", 0, ("inputs", inputs), ("outputs", 128), ("hidden", 32), ("repetitions", 1));
        foreach (IReadOnlyList<ScalarValue> row in result.Table!.Rows)
        {
            (double outputs, double forward, double reverse) = (row[0].Number!.Value, row[3].Number!.Value, row[4].Number!.Value);
            (row[1].Number, row[2].Number).ShouldBe((inputs, outputs));
            (reverse > forward).ShouldBe(outputs > inputs, $"{outputs} outputs");
        }

        result.Conclusion.ShouldStartWith($"From m = {2 * inputs} on, forward mode needs fewer operations; n is {inputs}.");
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(25, 1)]
    [InlineData(36, 2)]
    public void Checkpoints_near_the_root_hold_least_and_cost_a_third_at_most(int layers, long seed)
    {
        ExperimentResult result = Trial.Run("checkpointing", seed, ("layers", layers), ("width", 16), ("examples", 256), ("repetitions", 1));
        ExperimentSeries memory = result.Curve("memory", "k segments");
        double best = memory.X[memory.Y.Index().MinBy(point => point.Item).Index], whole = result.Curve("memory", "everything kept").Y[0];
        best.ShouldBeInRange(Math.Sqrt(layers) / 2, 2 * Math.Sqrt(layers));
        memory.Y.Min().ShouldBeLessThan(0.6 * whole);
        memory.Y.ShouldAllBe(states => states < whole);
        result.Curve("operations", "k segments").Y.ShouldAllBe(ratio => ratio > 1 && ratio <= 4 / 3.0);
        result.Table!.Rows.ShouldAllBe(row => row[row.Count - 1].Flag == true, "the same gradient");
        result.Conclusion.ShouldEndWith("The gradients are the same bits.");
    }
}
