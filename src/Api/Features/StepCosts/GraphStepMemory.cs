using Backprop.Client.Costs;
using Backprop.Compute.Costs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.StepCosts;

/// <summary>The memory of a graph's training step: activations and gradients from the plan, the rest by element counts.</summary>
internal static class GraphStepMemory
{
    /// <summary>Computes it.</summary>
    /// <param name="cost">The step.</param>
    /// <param name="precision">The precision in which numbers are stored.</param>
    /// <param name="declared">The type that the graph declares.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="masterWeights">Whether a copy in fp32 is kept; by default if weights have 16 bits and are trained.</param>
    public static StepMemory Of(GraphStepCost cost, ComputePrecision precision, DType declared, OptimizerMethod optimizer, bool? masterWeights)
    {
        double n = cost.Wrt.Elements, scale = (double)precision.StoredBytes() / declared.Size();
        bool isShort = precision.StoredBytes() < sizeof(float);
        double master = (masterWeights ?? (isShort && optimizer != OptimizerMethod.None)) && isShort ? n * sizeof(float) : 0;
        long gradients = cost.GradientBytes;
        int full = master > 0 ? sizeof(float) : precision.StoredBytes();
        var memory = new StepMemory
        {
            Parameters = cost.Wrt.Bytes * scale,
            Gradients = gradients * scale,
            MasterWeights = master,
            Moments = optimizer.StateBytes(new ModelProfile(null, cost.Wrt.Elements, cost.Wrt.Elements, null), full),
            Activations = new ActivationMemory { Stored = (cost.PeakBytes - gradients) * scale, Recomputed = 0 },
            Inputs = cost.DataBytes,
            PlannedPeak = cost.PeakBytes,
            Total = 0,
            TotalGb = 0,
            TotalGib = 0,
        };
        double total = memory.Parameters + memory.Gradients + memory.MasterWeights + memory.Moments + memory.Activations.Stored + memory.Inputs.Value;
        return memory with { Total = total, TotalGb = total / 1e9, TotalGib = total / (1L << 30) };
    }
}
