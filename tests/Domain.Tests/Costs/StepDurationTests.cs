using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>Time, communication and fit, against counts by hand and exhaustive search.</summary>
public class StepDurationTests
{
    private static readonly HardwareProfile A100 = Setups.Device("a100-sxm-80gb");

    private static readonly TransformerConfiguration Gpt3 = Setups.Gpt(96, 12288, 96);

    [Fact]
    public void A_large_product_takes_its_flops_and_a_small_one_its_bytes()
    {
        var roofline = new Roofline(A100, ComputePrecision.Bf16);
        var product = new OperatorWork("product", true, default, default, true);
        Interval large = roofline.Seconds(product, new Traffic(312e12, 1e9));
        large.Lower.ShouldBe(1 / 0.869, 1e-9);
        large.Upper.ShouldBe(1 / 0.35, 1e-9);
        roofline.Seconds(product, new Traffic(1e9, A100.BytesPerSecond)).ShouldBe(new Interval(1, 1));
        roofline.Seconds(product with { IsMatmul = false }, new Traffic(A100.Peak(ComputePrecision.Fp32), 0)).ShouldBe(new Interval(1, 1));
    }

    [Theory]
    [InlineData(1, 1, 8, 0.0)]
    [InlineData(8, 1, 64, 7.0 / 64)]
    [InlineData(8, 3, 64, 7.0 / 192)]
    public void The_bubble_of_a_pipeline(long stages, long chunks, long batch, double bubble) =>
        StepDuration.Of(Setups.Step(Gpt3, batch, 1, new ParallelLayout(1, 8, stages, chunks)), A100).Bubble.ShouldBe(bubble, 1e-12);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void Data_parallelism_sends_two_or_three_times_the_weights(int stage, double times)
    {
        StepSetup step = Setups.Step(Setups.Counted(1e9), 8, 1, new ParallelLayout(Data: 8, ZeroStage: stage));
        CommunicationNeed.Of(step).Data.ShouldBe(times * 2 * 1e9 * 7 / 8, 1);
    }

    [Theory]
    [InlineData(ActivationPolicy.None, 4)]
    [InlineData(ActivationPolicy.Full, 6)]
    public void Tensor_parallelism_reduces_four_times_a_layer(ActivationPolicy policy, double reductions)
    {
        StepSetup step = Setups.Step(Gpt3, 4, 2, new ParallelLayout(Tensor: 8, Pipeline: 2)) with { Policy = policy };
        double size = 2.0 * 2048 * 12288 * 2;
        CommunicationNeed.Of(step).Tensor.ShouldBe(2 * 48 * reductions * size * 2 * 7 / 8, 1);
        CommunicationNeed.Of(step).Pipeline.ShouldBe(2 * 2 * size, 1);
    }

    [Fact]
    public void One_device_sends_nothing() => CommunicationNeed.Of(Setups.Step(Gpt3)).Total.ShouldBe(0);

    [Fact]
    public void The_ends_of_every_interval_are_in_order_and_recomputation_takes_time()
    {
        foreach (CataloguedModel model in ModelCatalogue.All)
        {
            foreach (CataloguedHardware device in HardwareCatalogue.All)
            {
                ComputePrecision precision = device.Profile.Multiplies(ComputePrecision.Bf16)!.Value;
                StepSetup step = Setups.Step(model.Configuration) with { Precision = precision, Hardware = device.Profile };
                StepDuration plain = StepDuration.Of(step, device.Profile);
                StepDuration again = StepDuration.Of(step with { Policy = ActivationPolicy.Full }, device.Profile);
                plain.Step.Lower.ShouldBeLessThanOrEqualTo(plain.Step.Upper);
                again.Step.Lower.ShouldBeGreaterThan(plain.Step.Lower);
                double peak = StepWork.Of(step).Model / device.Profile.Peak(precision);
                plain.Step.Lower.ShouldBeGreaterThan(peak, "nothing is faster than the peak");
            }
        }
    }

    [Fact]
    public void Mixed_precision_obeys_amdahl()
    {
        // BERT-large on a V100: products in fp16 have eight times the peak, but the whole step was measured 2.1 times as fast because norms, softmax
        // and activations do not get faster.
        TransformerConfiguration bert = Setups.Gpt(24, 1024, 16, 30_522, 512);
        StepSetup Step(ComputePrecision precision) => Setups.Step(bert, 8, 8) with { Precision = precision, MasterWeights = precision == ComputePrecision.Fp16 };
        HardwareProfile v100 = Setups.Device("v100-sxm2-16gb");
        double speedup = StepDuration.Of(Step(ComputePrecision.Fp32), v100).Step.Lower / StepDuration.Of(Step(ComputePrecision.Fp16), v100).Step.Lower;
        speedup.ShouldBeInRange(2.1, 6);
    }

    [Theory]
    [InlineData("llama-2-7b", 8)]
    [InlineData("llama-2-70b", 16)]
    [InlineData("gpt3-13b", 6)]
    public void No_smaller_arrangement_fits(string id, long batch)
    {
        StepSetup step = Setups.Step(Setups.Model(id), batch, 1) with { Policy = ActivationPolicy.Selective };
        ParallelLayout fewest = FewestDevices.Of(step, A100.MemoryBytes).ShouldNotBeNull();
        MemoryNeed.Of(FewestDevices.Arranged(step, fewest)).Total.ShouldBeLessThanOrEqualTo(A100.MemoryBytes);
        StepRules.Broken(FewestDevices.Arranged(step, fewest)).ShouldBeEmpty();
        for (long t = 1; t <= 8; t++)
        {
            for (long p = 1; p * t < fewest.Devices; p++)
            {
                for (long d = 1; d * p * t < fewest.Devices; d++)
                {
                    StepSetup other = FewestDevices.Arranged(step, new ParallelLayout(d, t, p, ZeroStage: 3));
                    if (!StepRules.Broken(other).Any())
                    {
                        MemoryNeed.Of(other).Total.ShouldBeGreaterThan(A100.MemoryBytes, $"{d}·{t}·{p}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(0.002, "2 ms")]
    [InlineData(45, "45 seconds")]
    [InlineData(620_350.0, "7.18 days")]
    [InlineData(87_500_000_000.0, "2,773 years")]
    public void Durations_in_words(double seconds, string text) => FormulaText.Duration(seconds).ShouldBe(text);
}
