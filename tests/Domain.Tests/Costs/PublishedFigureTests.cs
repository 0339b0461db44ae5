using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>The formulas against figures from papers, and the intervals of time around measured times.</summary>
public class PublishedFigureTests
{
    public static TheoryData<string> Names() => [.. PublishedFigures.All().Select(figure => figure.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_published(string name)
    {
        PublishedFigure figure = PublishedFigures.All().Single(figure => figure.ToString() == name);
        figure.Computed().ShouldBe(figure.Published, figure.Tolerance * figure.Published, figure.Why);
    }

    [Fact]
    public void There_are_more_than_fifty() => PublishedFigures.All().Count().ShouldBeGreaterThan(50);

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, MegatronRow.All.Length)];

    /// <summary>Measured time: the ratio of equation 3's count to each GPU's achieved rate.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void The_interval_holds_what_megatron_measured(int index)
    {
        MegatronRow row = MegatronRow.All[index];
        StepSetup step = row.Step;
        double measured = StepWork.Of(step).Hardware / (row.Gpus * row.Teraflops * 1e12);
        Interval estimated = StepDuration.Of(step, step.Hardware!).Step;
        measured.ShouldBeInRange(estimated.Lower, estimated.Upper);
    }

    /// <summary>Korthikanti et al. 2022, tables 3 and 5: seconds of a step with full recomputation, and with selective recomputation and sequence parallelism.</summary>
    [Theory]
    [InlineData(48, 6144, 64, 1, 1, 4, 4, 1.42, 1.10)]
    [InlineData(96, 12288, 96, 8, 3, 64, 1, 18.13, 13.75)]
    [InlineData(105, 20480, 128, 35, 3, 280, 1, 49.05, 37.83)]
    [InlineData(128, 25600, 160, 64, 1, 512, 1, 94.42, 71.49)]
    public void The_interval_holds_what_korthikanti_measured(long layers, long hidden, long heads, long stages, long chunks, long batch, long micro, double full, double selective)
    {
        StepSetup step = Setups.Step(Setups.Gpt(layers, hidden, heads), batch, micro, new ParallelLayout(1, 8, stages, chunks));
        HardwareProfile device = Setups.Device("a100-sxm-80gb");
        Interval whole = StepDuration.Of(step with { Policy = ActivationPolicy.Full }, device).Step;
        full.ShouldBeInRange(whole.Lower, whole.Upper);
        StepSetup less = step with { Policy = ActivationPolicy.Selective, Layout = step.Layout with { SequenceParallel = true } };
        Interval part = StepDuration.Of(less, device).Step;
        selective.ShouldBeInRange(part.Lower, part.Upper);
        MemoryNeed.Of(less).Total.ShouldBeLessThan(device.MemoryBytes, "it ran on such devices");
    }

    /// <summary>
    /// GPU-hours of whole runs (Touvron et al. 2023a, table 15; 2023b, table 2; Scao et al. 2022, §3.5): the work of one device, since the papers do
    /// not state how it was shared.
    /// </summary>
    [Theory]
    [InlineData("LLaMA 7B", 32, 4096, 32, 11008, 2048, 1e12, 82_432)]
    [InlineData("LLaMA 13B", 40, 5120, 40, 13824, 2048, 1e12, 135_168)]
    [InlineData("LLaMA 33B", 60, 6656, 52, 17920, 2048, 1.4e12, 530_432)]
    [InlineData("LLaMA 65B", 80, 8192, 64, 22016, 2048, 1.4e12, 1_022_362)]
    [InlineData("Llama 2 7B", 32, 4096, 32, 11008, 4096, 2e12, 184_320)]
    [InlineData("Llama 2 13B", 40, 5120, 40, 13824, 4096, 2e12, 368_640)]
    public void The_interval_holds_gpu_hours(string run, long layers, long hidden, long heads, long inner, long context, double tokens, double hours)
    {
        StepSetup step = Setups.Step(Setups.Llama(layers, hidden, heads, inner, context), 64, 4) with { FlashAttention = true, Attention = AttentionCount.Causal, Hardware = Setups.Device("a100-sxm-80gb") };
        Interval estimated = RunEstimate.Of(step, tokens, StepDuration.Of(step, step.Hardware!)).Seconds!.Value * (1.0 / 3600);
        hours.ShouldBeInRange(estimated.Lower, estimated.Upper, run);
    }

    [Fact]
    public void The_interval_holds_the_gpu_hours_of_bloom()
    {
        StepSetup step = Setups.Step(Setups.Model("bloom-176b"), 2048, 2, new ParallelLayout(8, 4, 1)) with { Policy = ActivationPolicy.Full, Hardware = Setups.Device("a100-sxm-80gb") };
        Interval estimated = RunEstimate.Of(step, 366e9, StepDuration.Of(step, step.Hardware!)).Seconds!.Value * (32.0 / 3600);
        1_082_990.0.ShouldBeInRange(estimated.Lower, estimated.Upper);
    }

    /// <summary>PaLM recomputed an unstated part of the forward pass: its 57.8 % lie between nothing and all of it.</summary>
    [Fact]
    public void Hfu_of_palm_lies_between_recomputing_nothing_and_all()
    {
        StepSetup step = Setups.Step(Setups.Model("palm-540b"));
        double full = StepWork.Of(step with { Policy = ActivationPolicy.Full }).Hardware / StepWork.Of(step).Model;
        (0.578 / 0.462).ShouldBeInRange(1, full);
    }
}
