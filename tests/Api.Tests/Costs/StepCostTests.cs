using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Costs;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

public sealed class StepCostTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly StepCostRequest Llama = new() { Model = "llama-2-7b", Hardware = "a100-sxm-80gb", SequenceLength = 4096, BatchSize = 1 };

    [Fact]
    public async Task Without_hardware_there_is_work_and_memory_alone()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(new StepCostRequest { Model = "gpt3-175b", SequenceLength = 2048 });
        answer.Flops.Forward.ShouldBe(735e12, 1e12);
        answer.BackwardToForward.ShouldBe(2, 1e-12);
        answer.Flops.Model.ShouldBe(3 * answer.Flops.Forward, 1);
        answer.Flops.Attention!.Select(way => way.AttentionPerToken / (96.0 * 12288 * 2048)).ShouldBe([12, 6, 7, 6 * 2049.0 / 2048]);
        answer.Memory.Parameters.ShouldBe(2 * 174_604_259_328.0);
        (answer.Time, answer.Fit, answer.Utilization, answer.Run).ShouldBe((null, null, null, null));
        answer.Assumptions.ShouldContain("The precision is bf16.");
    }

    [Fact]
    public async Task Memory_and_its_parts_add_up()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { Checkpointing = RecomputationPolicy.Full });
        StepMemory memory = answer.Memory;
        memory.Total.ShouldBe(
            memory.Parameters + memory.Gradients + memory.MasterWeights + memory.Moments + memory.Activations!.Stored + memory.Activations.Recomputed + memory.Logits!.Value, 1);
        memory.TotalGb.ShouldBe(memory.Total / 1e9);
        memory.TotalGib.ShouldBe(memory.Total / 1073741824);
        memory.Activations.Stored.ShouldBe(memory.Activations.ByPolicy![RecomputationPolicy.Full]);
        answer.Flops.Hardware.ShouldBe(answer.Flops.Model + answer.Flops.Recomputed);
    }

    [Fact]
    public async Task What_does_not_fit_fits_as_the_answer_says()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { BatchSize = 4 });
        StepFit fit = answer.Fit.ShouldNotBeNull();
        fit.Fits.ShouldBeFalse();
        fit.LargestMicroBatch.ShouldBe(0);
        StepArrangement fewest = fit.FewestDevices.ShouldNotBeNull();
        StepCostAnswer arranged = await api.Api.StepCostAsync(Llama with
        {
            BatchSize = 4,
            MicroBatchSize = 1,
            Devices = fewest.Devices,
            DataParallel = fewest.DataParallel,
            TensorParallel = fewest.TensorParallel,
            PipelineParallel = fewest.PipelineParallel,
            ZeroStage = fewest.ZeroStage,
        });
        arranged.Fit!.Fits.ShouldBeTrue();
        arranged.Fit.NeededBytes.ShouldBe(fewest.NeededBytes);
        fit.Changes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_largest_micro_batch_fits_and_one_more_does_not()
    {
        StepCostRequest request = Llama with { Model = "llama-3.2-1b", Checkpointing = RecomputationPolicy.Full };
        long largest = (await api.Api.StepCostAsync(request)).Fit!.LargestMicroBatch!.Value;
        largest.ShouldBeGreaterThan(0);
        (await api.Api.StepCostAsync(request with { BatchSize = largest })).Fit!.Fits.ShouldBeTrue();
        (await api.Api.StepCostAsync(request with { BatchSize = largest + 1 })).Fit!.Fits.ShouldBeFalse();
    }

    [Fact]
    public async Task A_measured_step_has_mfu_and_hfu()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { Checkpointing = RecomputationPolicy.Full, StepMs = 1500 });
        StepUtilization used = answer.Utilization.ShouldNotBeNull();
        used.Of.ShouldBe("stepMs");
        used.Mfu.ShouldBe(answer.Flops.Model / (1.5 * 312e12), 1e-12);
        used.Hfu.ShouldBe(answer.Flops.Hardware / (1.5 * 312e12), 1e-12);
        answer.Inconsistencies.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lessons_forward_pass_of_gpt3_in_fp32_cannot_be()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(new StepCostRequest
        {
            Model = "gpt3-175b",
            Hardware = "a100-sxm-80gb",
            Precision = Precision.Fp32,
            SequenceLength = 2048,
            ForwardMs = 500,
            BackwardMs = 1000,
        });
        Inconsistency forward = answer.Inconsistencies.Single(conflict => conflict.Path == "forwardMs");
        forward.Factor.ShouldBe(37.7 / 0.5, 0.2);
        Inconsistency memory = answer.Inconsistencies.Single(conflict => conflict.Path == "hardware");
        memory.Factor.ShouldBe(698.4 / 80, 0.01);
        memory.Message.ShouldContain("at least 9 devices");
    }

    [Fact]
    public async Task A_peak_from_a_sheet_with_sparsity_is_noticed()
    {
        var card = new HardwareDescription { PeakTflops = new Dictionary<Precision, double> { [Precision.Bf16] = 1979 }, MemoryGb = 80, BandwidthTbPerSecond = 3.35 };
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { Hardware = card });
        Inconsistency conflict = answer.Inconsistencies.ShouldHaveSingleItem();
        conflict.Path.ShouldBe("hardware.peakTflops.bf16");
        conflict.Factor.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_costs_what_its_steps_cost()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { BatchSize = 1024, MicroBatchSize = 1, Devices = 64, ZeroStage = 3, FlashAttention = true, Tokens = 2e12, Mfu = 0.4 });
        RunCost run = answer.Run.ShouldNotBeNull();
        run.SixNd.ShouldBe(6 * 6_738_415_616.0 * 2e12);
        run.Steps.ShouldBe(Math.Ceiling(2e12 / (1024 * 4096)));
        run.ExpectedDays!.Value.ShouldBe(run.Flops / (0.4 * 64 * 312e12) / 86_400, 1e-6);
        run.DeviceHours!.Lower.ShouldBe(run.Days!.Lower * 24 * 64, 1e-6);
        run.ExpectedDays.Value.ShouldBeInRange(run.Days.Lower, run.Days.Upper);
    }

    [Fact]
    public async Task A_device_without_the_usual_precision_takes_the_next()
    {
        (await api.Api.StepCostAsync(Llama with { Hardware = "v100" })).Precision.ShouldBe(Precision.Fp16);
        var processor = new HardwareDescription { Cores = 16, Gigahertz = 3, MemoryGb = 64, BandwidthTbPerSecond = 0.1 };
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { Hardware = processor });
        answer.Precision.ShouldBe(Precision.Fp32);
        answer.Memory.MasterWeights.ShouldBe(0);
        (await api.Api.StepCostAsync(Llama with { Precision = Precision.Fp8 })).Assumptions.ShouldContain(text => text.Contains("no units for fp8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_of_parameters_leaves_activations_open()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(new StepCostRequest { Model = new ModelDescription { Parameters = 7e9 }, SequenceLength = 1000 });
        answer.Flops.Model.ShouldBe(6 * 7e9 * 1000);
        answer.Memory.Total.ShouldBe(16 * 7e9);
        (answer.Memory.Activations, answer.Memory.Logits).ShouldBe((null, null));
    }

    [Fact]
    public async Task Every_formula_names_a_figure_of_the_answer()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Llama with { BatchSize = 8, Devices = 8, Tokens = 1e9, StepMs = 1e5, Mfu = 0.4 });
        string json = System.Text.Json.JsonSerializer.Serialize(answer, BackpropJson.Create());
        var root = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        foreach (FigureOrigin origin in answer.Formulas)
        {
            System.Text.Json.Nodes.JsonNode? place = root;
            foreach (string member in origin.Figure.Split('.'))
            {
                place = place?[member];
            }

            if (origin.Figure != "fit.fewestDevices")
            {
                place.ShouldNotBeNull(origin.Figure);
            }

            origin.Source.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
