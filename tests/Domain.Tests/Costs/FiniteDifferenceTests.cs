using Backprop.Domain.Costs;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

public class FiniteDifferenceTests
{
    /// <summary>GPT-2, Llama-2 7B and GPT-3 by forward differences: 7.18 days, 11.09 years, 2,773 years.</summary>
    [Theory]
    [InlineData(124_000_000, 5, 10, "7.18 days", 0.015, 7.18 * 86400)]
    [InlineData(7_000_000_000, 50, 100, "11.1 years", 0.15, 11.09 * 365.25 * 86400)]
    [InlineData(175_000_000_000, 500, 1000, "2,773 years", 1.5, 2772.7 * 365.25 * 86400)]
    public void The_lessons_table_follows_from_its_own_times(long parameters, double forwardMs, double backwardMs, string text, double backprop, double seconds)
    {
        var question = new DifferenceQuestion(parameters, DifferenceScheme.Forward, ComputePrecision.Fp32, forwardMs / 1000, (forwardMs + backwardMs) / 1000);
        var estimate = DifferenceEstimate.Of(question);
        estimate.Evaluations.ShouldBe(parameters + 1);
        TimeText.Of(estimate.Seconds).ShouldBe(text);
        estimate.Seconds.ShouldBe(seconds, 0.001 * seconds);
        question.BackpropSeconds.ShouldBe(backprop, 1e-12);
        estimate.Speedup.ShouldBe(estimate.Seconds / backprop, 1e-6 * estimate.Speedup);
        estimate.Feasible.ShouldBeFalse();
        DifferenceVerdict.Text(question, estimate).ShouldStartWith("infeasible: ");
    }

    [Theory]
    [InlineData(DifferenceScheme.Forward, 30.0, 0.01, 0.04)]
    [InlineData(DifferenceScheme.Forward, null, 0.01, 0.03)]
    [InlineData(DifferenceScheme.ComplexStep, null, 0.04, 0.03)]
    public void A_backward_pass_takes_twice_the_forward_time_unless_it_is_given(DifferenceScheme scheme, double? backwardMs, double evaluation, double backprop) =>
        DifferenceQuestion.Of(10, scheme, ComputePrecision.Fp32, forwardMs: 10, backwardMs).ShouldBe(new DifferenceQuestion(10, scheme, ComputePrecision.Fp32, evaluation, backprop));

    [Theory]
    [InlineData(DifferenceScheme.Forward, ComputePrecision.Fp64, 1.1e-8)]
    [InlineData(DifferenceScheme.Forward, ComputePrecision.Fp32, 2.4e-4)]
    [InlineData(DifferenceScheme.Forward, ComputePrecision.Fp16, 2.2e-2)]
    [InlineData(DifferenceScheme.Forward, ComputePrecision.Bf16, 6.3e-2)]
    [InlineData(DifferenceScheme.Central, ComputePrecision.Fp64, 2.3e-11)]
    [InlineData(DifferenceScheme.Central, ComputePrecision.Fp32, 1.5e-5)]
    [InlineData(DifferenceScheme.Central, ComputePrecision.Fp16, 6.2e-3)]
    [InlineData(DifferenceScheme.Central, ComputePrecision.Bf16, 2.5e-2)]
    [InlineData(DifferenceScheme.ComplexStep, ComputePrecision.Fp64, 1.1e-16)]
    public void Error_floors_are_those_of_the_literature(DifferenceScheme scheme, ComputePrecision precision, double floor) =>
        scheme.ErrorFloor(precision.Roundoff()).ShouldBe(floor, 0.05 * floor);

    [Theory]
    [InlineData(DifferenceScheme.Forward, 1_000_000_000_000_000_001)]
    [InlineData(DifferenceScheme.Central, 2_000_000_000_000_000_000)]
    [InlineData(DifferenceScheme.ComplexStep, 1_000_000_000_000_000_000)]
    public void Evaluations_are_exact_however_many(DifferenceScheme scheme, long evaluations) =>
        scheme.Evaluations(1_000_000_000_000_000_000).ShouldBe(evaluations);

    [Theory]
    [InlineData(124_439_808, 9e-5)]
    [InlineData(174_604_259_328, 2.4e-6)]
    public void A_typical_component_drowns_in_the_noise(long parameters, double component)
    {
        var estimate = DifferenceEstimate.Of(new DifferenceQuestion(parameters, DifferenceScheme.Forward, ComputePrecision.Fp32, 1e-9, 1e-9));
        estimate.TypicalComponent.ShouldBe(component, 0.02 * component);
        estimate.Noise.ShouldBe(2.4e-4, 1e-5);
        estimate.NoiseToComponent.ShouldBe(estimate.Noise / estimate.TypicalComponent, 1e-9);
        estimate.Feasible.ShouldBeFalse();
    }

    [Fact]
    public void A_small_function_in_double_precision_is_feasible()
    {
        var question = new DifferenceQuestion(10, DifferenceScheme.Central, ComputePrecision.Fp64, 1e-6, 3e-6);
        DifferenceVerdict.Text(question, DifferenceEstimate.Of(question)).ShouldStartWith("feasible: ");
    }

    [Theory]
    [InlineData(0, "0.00 ns")]
    [InlineData(3e-7, "300 ns")]
    [InlineData(0.015, "15.0 ms")]
    [InlineData(1.5, "1.50 s")]
    [InlineData(90, "1.50 minutes")]
    [InlineData(7200, "2.00 hours")]
    [InlineData(620_000.005, "7.18 days")]
    [InlineData(3.5e8, "11.1 years")]
    [InlineData(8.75e10, "2,773 years")]
    [InlineData(1e25, "3.17e+17 years")]
    [InlineData(double.PositiveInfinity, "forever")]
    public void Times_are_told_in_three_digits(double seconds, string text) => TimeText.Of(seconds).ShouldBe(text);
}
