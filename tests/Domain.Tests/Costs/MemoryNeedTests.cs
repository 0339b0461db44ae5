using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>Bytes of states and activations, against the formulas of the papers.</summary>
public class MemoryNeedTests
{
    private const double S = 2048, H = 12288, A = 96, L = 96, V = 51_200;

    private static readonly TransformerConfiguration Gpt3 = Setups.Gpt(96, 12288, 96);

    [Theory]
    [InlineData(ActivationPolicy.None, false, 34 + (5 * A * S / H))]
    [InlineData(ActivationPolicy.None, true, 34.0)]
    [InlineData(ActivationPolicy.Selective, false, 34.0)]
    [InlineData(ActivationPolicy.Full, false, 2.0)]
    public void A_gpt_keeps_what_korthikanti_says(ActivationPolicy policy, bool flash, double units)
    {
        StepSetup setup = Setups.Step(Gpt3, 4, 4) with { Policy = policy, FlashAttention = flash };
        double mask = 4 * S * H;
        ActivationNeed.Stored(setup, Gpt3, policy, isFirst: true).ShouldBe((4 * S * H * units * L) + mask, 1e-9 * H * S * L);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Tensor_parallel_devices_share_a_part_and_with_sequence_parallel_all(long t)
    {
        var layer = LayerActivationBytes.Of(Gpt3, 2048, 2);
        layer.On(new ParallelLayout(Tensor: t), withScores: true).ShouldBe(H * (10 + (24.0 / t) + (5 * A * S / (H * t))), 1e-6);
        layer.On(new ParallelLayout(Tensor: t, SequenceParallel: true), withScores: true).ShouldBe(H * (34 + (5 * A * S / H)) / t, 1e-6);
    }

    [Fact]
    public void A_llama_with_a_fused_kernel_keeps_twelve_h_four_k_six_f()
    {
        TransformerConfiguration model = Setups.Model("llama-2-70b");
        LayerActivationBytes.Of(model, 4096, 2).On(new ParallelLayout(), withScores: false).ShouldBe(2 * ((6.0 * 8192) + (2 * 1024) + (3 * 28672)));
    }

    [Fact]
    public void The_first_stage_keeps_all_layers_worth_whatever_the_number_of_stages()
    {
        StepSetup Piped(long stages, long chunks = 1) => Setups.Step(Gpt3, 64, 1, new ParallelLayout(Pipeline: stages, Chunks: chunks));
        double Layers(StepSetup setup) => ActivationNeed.Stored(setup, Gpt3, ActivationPolicy.Selective, isFirst: true) - (setup.Layout.Pipeline * S * H);
        double one = Layers(Piped(1));
        Layers(Piped(8)).ShouldBe(one, 1e-9 * one);
        Layers(Piped(8, 3)).ShouldBe(one * (1 + (7.0 / 24)), 1e-9 * one);
    }

    [Fact]
    public void The_output_layer_keeps_its_inputs_and_logits_in_fp32() =>
        ActivationNeed.Output(Setups.Step(Gpt3), Gpt3).ShouldBe(4 * S * H * (1 + (V / H)), 1);

    [Fact]
    public void Segments_of_the_root_of_the_layers()
    {
        TransformerConfiguration model = Setups.Gpt(32, 1024, 16);
        StepSetup setup = Setups.Step(model) with { Policy = ActivationPolicy.Sqrt, FlashAttention = true };
        MemoryNeed need = MemoryNeed.Of(setup);
        (need.Stored - (S * 1024)).ShouldBe(6 * 2 * S * 1024);
        need.Recomputed.ShouldBe(6 * 34 * S * 1024);
        StepWork.RepeatedBlocks(ActivationPolicy.Sqrt, 32).ShouldBe(30.0 / 32);
    }

    [Theory]
    [InlineData(OptimizerMethod.Adam, true, 2, 16)]
    [InlineData(OptimizerMethod.Adamw, true, 4, 18)]
    [InlineData(OptimizerMethod.Adam, false, 2, 8)]
    [InlineData(OptimizerMethod.Adam8bit, true, 2, 10)]
    [InlineData(OptimizerMethod.SgdMomentum, true, 2, 12)]
    [InlineData(OptimizerMethod.Muon, true, 2, 12)]
    [InlineData(OptimizerMethod.Lion, true, 2, 12)]
    [InlineData(OptimizerMethod.Sgd, false, 2, 4)]
    [InlineData(OptimizerMethod.None, false, 2, 4)]
    public void States_by_parameter(OptimizerMethod optimizer, bool master, int gradient, double bytes)
    {
        StepSetup setup = Setups.Step(Setups.Counted(1e9)) with { Optimizer = optimizer, MasterWeights = master, GradientBytes = gradient };
        MemoryNeed.Of(setup).Total.ShouldBe(bytes * 1e9);
    }

    [Fact]
    public void Adam_in_fp32_takes_sixteen_bytes() =>
        MemoryNeed.Of(Setups.Step(Setups.Counted(1e9)) with { Precision = ComputePrecision.Fp32, MasterWeights = false, GradientBytes = 4 }).Total.ShouldBe(16e9);

    [Theory]
    [InlineData(0, 16.0)]
    [InlineData(1, 4 + (12.0 / 64))]
    [InlineData(2, 2 + (14.0 / 64))]
    [InlineData(3, 16.0 / 64)]
    public void Zero_splits_states(int stage, double bytes) =>
        MemoryNeed.Of(Setups.Step(Setups.Counted(1e9), 64, 1, new ParallelLayout(Data: 64, ZeroStage: stage))).Total.ShouldBe(bytes * 1e9, 1);

    [Fact]
    public void Adafactor_keeps_a_number_for_each_row_and_column()
    {
        TransformerConfiguration model = Setups.Llama(1, 8, 2, 16) with { Vocabulary = 10, Tied = true };
        // Four 8×8, two 8×16, one 16×8; the embedding 10×8; three norms of 8.
        double numbers = (4 * 16) + (2 * 24) + 24 + 18 + 24;
        OptimizerMethod.Adafactor.StateBytes(ModelProfile.Of(model), 4).ShouldBe(4 * numbers);
    }

    [Fact]
    public void The_last_stage_holds_the_output_layer_and_the_first_the_embedding()
    {
        var layout = new ParallelLayout(Pipeline: 8, Tensor: 4);
        ParameterCount count = ParameterCount.Of(Gpt3);
        double each = (double)count.Blocks / 8;
        StageWeights.Of(Gpt3, layout, true, false).ShouldBe((each + (double)(count.Embedding + count.Positions)) / 4, 1);
        StageWeights.Of(Gpt3, layout, false, true).ShouldBe((each + (double)count.Embedding) / 4, 1);
        StageWeights.Of(Gpt3, new ParallelLayout(), true, true).ShouldBe((double)count.Total);
    }
}
