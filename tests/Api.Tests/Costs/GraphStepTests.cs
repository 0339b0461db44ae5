using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Costs;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

/// <summary>Training steps of graphs, in the same contract as models.</summary>
public sealed class GraphStepTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Rows = 64;

    private static readonly GraphContract Mlp = new()
    {
        Inputs =
        [
            new InputContract { Name = "x", Shape = ["batch", 784], DType = ElementType.Float32 },
            new InputContract { Name = "w1", Shape = [784, 512], DType = ElementType.Float32 },
            new InputContract { Name = "w2", Shape = [512, 10], DType = ElementType.Float32 },
        ],
        Nodes =
        [
            new NodeContract { Name = "z", Op = "MatMul", Inputs = ["x", "w1"] },
            new NodeContract { Name = "h", Op = "Relu", Inputs = ["z"] },
            new NodeContract { Name = "y", Op = "MatMul", Inputs = ["h", "w2"] },
            new NodeContract { Name = "L", Op = "ReduceSumSquare", Inputs = ["y"] },
        ],
        Outputs = ["L"],
    };

    private static StepCostRequest Step => new() { Graph = Mlp, Wrt = ["w1", "w2"], BatchSize = Rows, Optimizer = OptimizerKind.Adam };

    [Fact]
    public async Task Every_operator_is_counted()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Step);
        const double Products = (2.0 * Rows * 784 * 512) + (2.0 * Rows * 512 * 10);
        FlopsPart products = answer.Flops.Parts.First(part => part.Name == "MatMul");
        products.Forward.ShouldBe(Products);
        answer.Flops.Forward.ShouldBe(Products + (Rows * 512) + (2 * Rows * 10));
        answer.Flops.Model.ShouldBe(answer.Flops.Forward + answer.Flops.Backward);
        answer.Flops.Parts.Sum(part => part.Forward).ShouldBe(answer.Flops.Forward);
        answer.Flops.Parts.Sum(part => part.Backward).ShouldBe(answer.Flops.Backward);
        answer.Flops.Optimizer.ShouldBe(13.0 * ((784 * 512) + (512 * 10)));
        answer.BackwardToForward.ShouldBe(answer.Flops.Backward / answer.Flops.Forward, 1e-12);
        answer.Precision.ShouldBe(Precision.Fp32);
        answer.Formulas.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Memory_is_that_of_the_plan_and_of_the_optimizer()
    {
        StepMemory memory = (await api.Api.StepCostAsync(Step)).Memory;
        const double Weights = 4.0 * ((784 * 512) + (512 * 10));
        memory.Parameters.ShouldBe(Weights);
        memory.Gradients.ShouldBe(Weights);
        memory.Moments.ShouldBe(2 * Weights);
        memory.Inputs.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(4.0 * Rows * 784);
        memory.PlannedPeak.ShouldNotBeNull().ShouldBe((long)(memory.Activations!.Stored + memory.Gradients));
        memory.Total.ShouldBe(memory.Parameters + memory.Gradients + memory.Moments + memory.Activations.Stored + memory.Inputs.Value);
    }

    [Fact]
    public async Task Without_hardware_the_time_is_this_servers_and_an_interval()
    {
        StepTime time = (await api.Api.StepCostAsync(Step)).Time.ShouldNotBeNull();
        time.LowerMs.ShouldBeGreaterThan(0);
        time.UpperMs.ShouldBeGreaterThan(time.LowerMs);
        time.Operators.Select(op => op.Name).ShouldContain("MatMul");
    }

    [Fact]
    public async Task On_a_device_it_fits_and_a_time_beyond_its_peak_is_told()
    {
        StepCostAnswer answer = await api.Api.StepCostAsync(Step with { Hardware = "a100-sxm-80gb", Precision = Precision.Fp32, StepMs = 0.001 });
        answer.Fit.ShouldNotBeNull().Fits.ShouldBeTrue();
        answer.Utilization.ShouldNotBeNull().Mfu.ShouldBe(answer.Flops.Model / (19.5e12 * 1e-6), 1e-6 * answer.Utilization!.Mfu);
        Inconsistency conflict = answer.Inconsistencies.ShouldHaveSingleItem();
        conflict.Path.ShouldBe("stepMs");
        conflict.Factor.ShouldBe(answer.Utilization.Mfu, 1e-6 * conflict.Factor);
    }

    [Fact]
    public async Task Half_precision_halves_the_bytes_and_keeps_a_copy()
    {
        StepMemory full = (await api.Api.StepCostAsync(Step)).Memory, half = (await api.Api.StepCostAsync(Step with { Precision = Precision.Bf16 })).Memory;
        half.Parameters.ShouldBe(full.Parameters / 2);
        half.Activations!.Stored.ShouldBe(full.Activations!.Stored / 2);
        half.MasterWeights.ShouldBe(full.Parameters);
        half.Moments.ShouldBe(full.Moments);
    }

    [Fact]
    public async Task Checkpointing_recomputes_and_saves()
    {
        var nodes = new List<NodeContract>();
        for (int i = 0; i < 32; i++)
        {
            nodes.Add(new NodeContract { Name = $"m{i}", Op = "MatMul", Inputs = [i == 0 ? "x" : $"h{i - 1}", "w"] });
            nodes.Add(new NodeContract { Name = $"h{i}", Op = "Tanh", Inputs = [$"m{i}"] });
        }

        nodes.Add(new NodeContract { Name = "L", Op = "ReduceSumSquare", Inputs = ["h31"] });
        var step = new StepCostRequest
        {
            Graph = new GraphContract { Inputs = [new InputContract { Name = "x", Shape = [64, 64] }, new InputContract { Name = "w", Shape = [64, 64] }], Nodes = nodes, Outputs = ["L"] },
            Wrt = ["w"],
        };
        StepCostAnswer plain = await api.Api.StepCostAsync(step), sqrt = await api.Api.StepCostAsync(step with { Checkpointing = RecomputationPolicy.Sqrt });
        sqrt.Flops.Forward.ShouldBe(plain.Flops.Forward);
        sqrt.Flops.Backward.ShouldBe(plain.Flops.Backward);
        sqrt.Flops.Recomputed.ShouldBeInRange(0.5 * plain.Flops.Forward, plain.Flops.Forward);
        sqrt.Memory.PlannedPeak.ShouldNotBeNull().ShouldBeLessThan(plain.Memory.PlannedPeak!.Value / 2);
    }

    [Fact]
    public async Task A_batch_of_a_thousand_and_one_costs_a_thousand_and_one_times_as_much()
    {
        var step = new StepCostRequest { Expression = "L = sin(x)*x", Batch = ["x"], BatchSize = 1001 };
        (await api.Api.StepCostAsync(step)).Flops.Forward.ShouldBe(1001 * (await api.Api.StepCostAsync(step with { BatchSize = 1 })).Flops.Forward);
    }

    [Theory]
    [InlineData("""{"expression":"L = sum(x)","tensorParallel":2}""", "tensorParallel")]
    [InlineData("""{"expression":"L = sum(x)","tokens":1e9}""", "tokens")]
    [InlineData("""{"expression":"L = sum(x)","checkpointing":"full"}""", "checkpointing")]
    [InlineData("""{"expression":"L = sum(x)","wrt":["y"]}""", "wrt[0]")]
    [InlineData("""{"expression":"L = sum(x)","batchSize":0}""", "batchSize")]
    [InlineData("""{"expression":"L = sum(x)","hardware":"a1000"}""", "hardware")]
    [InlineData("""{"expression":"L = sum(x)","hardware":"tpu-v4","precision":"fp64"}""", "precision")]
    [InlineData("""{"graph":{"inputs":[{"name":"x","shape":["rows",2]}],"nodes":[{"name":"L","op":"ReduceSum","inputs":["x"]}],"outputs":["L"]}}""", "inputs")]
    [InlineData("""{"graph":{"inputs":[{"name":"x","shape":[2]}],"nodes":[{"name":"L","op":"Nope","inputs":["x"]}],"outputs":["L"]}}""", "graph.nodes[0].op")]
    public async Task What_does_not_go_with_a_graph_is_refused_at_its_path(string body, string path) =>
        (await (await api.Http.PostAsync("/step-costs", Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path);
}
