using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

public sealed class GraphStepMemoryTests
{
    // Ten float32 elements are trained; the plan's peak of 100 bytes includes their gradients.
    private static readonly PlannedBytes Planned = new(Elements: 10, Parameters: 40, Data: 7, Gradients: 40, Peak: 100);

    [Theory]
    [InlineData(ComputePrecision.Fp32, OptimizerMethod.Adam, null, 40, 0, 80, 60)]
    [InlineData(ComputePrecision.Fp64, OptimizerMethod.Adam, null, 80, 0, 160, 120)]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.Adam, null, 20, 40, 80, 30)]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.Adam, false, 20, 0, 40, 30)]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.None, null, 20, 0, 0, 30)]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.None, true, 20, 40, 0, 30)]
    [InlineData(ComputePrecision.Fp32, OptimizerMethod.SgdMomentum, true, 40, 0, 40, 60)]
    public void Bytes_follow_from_precision_and_optimizer(
        ComputePrecision precision, OptimizerMethod optimizer, bool? masterWeights, double weights, double master, double moments, double activations)
    {
        var memory = GraphStepMemory.Of(Planned, DType.Float32, precision, optimizer, masterWeights);
        memory.ShouldBe(new GraphStepMemory(weights, weights, master, moments, activations, 7));
        memory.Total.ShouldBe((2 * weights) + master + moments + activations + 7);
    }

    [Fact]
    public void An_update_reads_gradients_and_reads_and_writes_the_rest()
    {
        var memory = new GraphStepMemory(1, 10, 100, 1000, 5, 5);
        DeviceRates fast = Rates(bytesPerSecond: 4), slow = Rates(bytesPerSecond: 1);
        memory.UpdateSeconds(OptimizerMethod.Sgd, fast, slow).ShouldBe(new Interval((10 + (2 * 1101)) / 4.0, 10 + (2 * 1101)));
        memory.UpdateSeconds(OptimizerMethod.None, fast, slow).ShouldBe(new Interval(0, 0));

        static DeviceRates Rates(double bytesPerSecond)
        {
            var arithmetic = new ArithmeticRates(_ => 1, 1, _ => null);
            return new DeviceRates(arithmetic, arithmetic, _ => bytesPerSecond, 0, 0);
        }
    }

    [Theory]
    [InlineData(null, null, null, null, 0, 0)]
    [InlineData(4.0, 1.0, 2.0, "stepMs", 3.0 / 40, 4.0 / 40)]
    [InlineData(null, 1.0, 3.0, "forwardMs + backwardMs", 3.0 / 40, 4.0 / 40)]
    [InlineData(null, 1.0, null, "forwardMs", 1.0 / 10, 1.0 / 10)]
    [InlineData(null, null, 2.0, "backwardMs", 2.0 / 20, 3.0 / 20)]
    public void Utilization_is_that_of_the_time_that_covers_the_most(double? step, double? forward, double? backward, string? of, double mfu, double hfu)
    {
        var given = new Measurements { StepSeconds = step, ForwardSeconds = forward, BackwardSeconds = backward };
        var measured = Utilization.Measured(given, forward: 1, backward: 2, recomputed: 1, devices: 2, peak: 5);
        (measured?.Of, measured?.Mfu ?? 0, measured?.Hfu ?? 0).ShouldBe((of, mfu, hfu));
    }

    [Theory]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.Adam, true)]
    [InlineData(ComputePrecision.Bf16, OptimizerMethod.None, false)]
    [InlineData(ComputePrecision.Fp32, OptimizerMethod.Adam, false)]
    public void Weights_of_16_bits_that_are_updated_have_a_copy(ComputePrecision precision, OptimizerMethod optimizer, bool isKept) =>
        optimizer.KeepsMasterWeights(precision).ShouldBe(isKept);
}
