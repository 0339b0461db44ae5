using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Reconciliation;
using Backprop.Domain.Costs.Steps;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

public class ReconciliationTests
{
    private static readonly HardwareProfile A100 = HardwareCatalogue.Find("a100-sxm-80gb")!.Profile;

    /// <summary>The times of the lesson's table, had a single A100 computed them in fp32: at its peak they buy 395, 74 and 28 tokens.</summary>
    [Theory]
    [InlineData(124e6, 0.005, 1024)]
    [InlineData(7e9, 0.05, 4096)]
    [InlineData(175e9, 0.5, 2048)]
    public void A_forward_pass_cannot_be_faster_than_the_peak(double parameters, double seconds, double tokens)
    {
        CostConflict conflict = Of(Step(parameters, tokens) with { ForwardSeconds = seconds }, "forwardMs");
        conflict.Factor.ShouldBe(2 * parameters * tokens / 19.5e12 / seconds, 1e-9 * conflict.Factor);
        conflict.Message.ShouldContain("19.5 TFLOP/s in fp32");
    }

    [Theory]
    [InlineData(124e6, 0.005, 393)]
    [InlineData(7e9, 0.05, 69)]
    [InlineData(175e9, 0.5, 27)]
    public void As_many_tokens_as_the_peak_buys_are_no_conflict(double parameters, double seconds, double tokens) =>
        Reconciliation.Of(Step(parameters, tokens) with { ForwardSeconds = seconds }).ShouldNotContain(conflict => conflict.Path == "forwardMs");

    [Fact]
    public void Gpt_3_in_fp32_does_not_fit_one_a100_and_nine_are_needed()
    {
        CostConflict conflict = Of(Step(174_604_259_328, 2048), "hardware");
        conflict.Factor.ShouldBe(698.4 / 80, 0.01);
        conflict.Message.ShouldContain("9 are needed");
    }

    [Fact]
    public void Weights_cannot_be_read_faster_than_the_memory_gives_them() =>
        Of(new MeasuredStep(A100, ComputePrecision.Fp32, 7e9) { ForwardSeconds = 0.001 }, "forwardMs").Factor.ShouldBe(28e9 / 2.039e12 / 0.001, 0.01);

    [Fact]
    public void Within_twice_the_peak_sparsity_is_suspected()
    {
        MeasuredStep step = Step(7e9, 4096) with { Precision = ComputePrecision.Bf16 };
        double atPeak = 2 * 7e9 * 4096 / 312e12;
        Of(step with { ForwardSeconds = atPeak / 1.8 }, "forwardMs").Message.ShouldContain("2:4 sparsity");
        Of(step with { ForwardSeconds = atPeak / 5 }, "forwardMs").Message.ShouldNotContain("sparsity");
        Reconciliation.Of(step with { ForwardSeconds = atPeak * 1.2 }).ShouldBeEmpty();
    }

    [Fact]
    public void Backward_passes_and_steps_are_bounded_too()
    {
        MeasuredStep step = Step(7e9, 4096);
        double forward = 2 * 7e9 * 4096 / 19.5e12;
        Of(step with { BackwardSeconds = forward }, "backwardMs").Factor.ShouldBe(2, 0.01);
        Of(step with { StepSeconds = forward }, "stepMs").Factor.ShouldBe(3, 0.01);
    }

    [Fact]
    public void Memory_that_was_measured_must_hold_what_has_to_be_there_and_fit_the_device()
    {
        MeasuredStep step = Step(1e9, 1) with { LeastBytes = 16e9 };
        Of(step with { MeasuredBytes = 8e9 }, "measuredBytes").Factor.ShouldBe(2, 1e-9);
        Of(step with { MeasuredBytes = 100e9 }, "measuredBytes").Factor.ShouldBe(1.25, 1e-9);
        Reconciliation.Of(step with { MeasuredBytes = 20e9 }).ShouldBeEmpty();
    }

    [Fact]
    public void A_peak_with_sparsity_is_recognised_in_a_description()
    {
        HardwareProfile h100 = HardwareCatalogue.Find("h100-sxm-80gb")!.Profile;
        HardwareProfile described = h100 with { Name = "ours", PeakFlops = new Dictionary<ComputePrecision, double> { [ComputePrecision.Bf16] = 1979e12 } };
        CostConflict conflict = StepConflicts.Sparse(described).ShouldHaveSingleItem();
        conflict.Path.ShouldBe("hardware.peakTflops.bf16");
        conflict.Factor.ShouldBe(2, 0.01);
        StepConflicts.Sparse(h100 with { Name = "ours" }).ShouldBeEmpty();
    }

    private static MeasuredStep Step(double parameters, double tokens) => new(A100, ComputePrecision.Fp32, parameters) { ForwardFlops = 2 * parameters * tokens };

    private static CostConflict Of(MeasuredStep step, string path) => Reconciliation.Of(step).Where(conflict => conflict.Path == path).MaxBy(conflict => conflict.Factor).ShouldNotBeNull();
}
