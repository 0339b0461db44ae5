using System.Globalization;
using Backprop.Compute.Costs;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;

namespace Backprop.Api.Features.StepCosts;

/// <summary>How the figures of a graph's training step are computed.</summary>
internal static class GraphStepOrigins
{
    private const string Table = "GET /operators: the cost of each operator, counted on its expansion into primitives";
    private const string Roofline = "Williams, Waterman, Patterson, Roofline, 2009";

    private const string Convention = "two FLOPs per multiply-add, one per element for any other operation, functions included; none for moving " +
        "elements";

    /// <summary>Lists them.</summary>
    public static IEnumerable<CostOrigin> List(GraphStepCost cost, OptimizerMethod optimizer, HardwareProfile? hardware)
    {
        StepPrice price = cost.Price;
        yield return new CostOrigin("flops.forward",
            $"Σ over {Nodes(price.Forward)} nodes that the value depends on = {Number(price.Forward.Total.Flops)}", Table, Convention);
        yield return new CostOrigin("flops.backward",
            $"Σ over {Nodes(price.Backward)} nodes that only the requested gradients need, without {price.RecomputedFlops:G6} recomputed = " +
                $"{(double)price.Backward.Total.Flops - price.RecomputedFlops:G6}",
            "the gradient graph, simplified as it is run, without the nodes that it shares with the value's graph", Convention);
        yield return new CostOrigin("backwardToForward", "flops.backward / flops.forward", "by definition",
            "2 for a matrix product that is differentiated with respect to both operands, 1 with respect to one; not a ratio of times");
        yield return new CostOrigin("flops.transcendentals",
            $"Σ = {Number(price.Forward.Total.Transcendentals + price.Backward.Total.Transcendentals)}", Table,
            "exponentials, logarithms, powers, trigonometric, error and gamma functions, one FLOP each; included in the FLOPs");
        yield return new CostOrigin("flops.bytes", $"Σ = {Number(price.Forward.Total.Bytes + price.Backward.Total.Bytes)}",
            "operands read once and results written once by each operator",
            "without fusion; what a fused step moves is in time.operators");
        yield return new CostOrigin("flops.optimizer", $"{optimizer.FlopsByParameter()} · {Number(cost.Wrt.Elements)}",
            "counted from the update's formula");
        yield return new CostOrigin("memory.activations.stored", $"plannedPeak − gradients = {Number(cost.PeakBytes)} − {Number(cost.GradientBytes)}",
            "the plan: slots are reused after the last use of a value");
        yield return new CostOrigin("time",
            "Σ over steps of launch + max(FLOPs/peak, bytes/bandwidth); at the upper end launch + FLOPs/typical + bytes/bandwidth", Roofline,
            hardware is null ? "rates of this server's host, measured" : $"peak and bandwidth of {hardware.Name}");
    }

    private static int Nodes(GraphPrice price) => price.Operators.Sum(op => op.Nodes);

    private static string Number(Int128 value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
