using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>The bytes of a planned training step of a graph, in the type that the graph declares.</summary>
/// <param name="Elements">The number of trained elements.</param>
/// <param name="Parameters">The inputs that are trained.</param>
/// <param name="Data">All other inputs and constants.</param>
/// <param name="Gradients">The gradients, which are part of the peak.</param>
/// <param name="Peak">Working memory and results.</param>
public sealed record PlannedBytes(long Elements, long Parameters, long Data, long Gradients, long Peak);

/// <summary>The memory of a graph's training step in bytes: activations and gradients from the plan, the rest by element counts.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="Gradients">The gradients.</param>
/// <param name="MasterWeights">The copy in fp32.</param>
/// <param name="Moments">The optimizer's state.</param>
/// <param name="Activations">The rest of the plan's peak.</param>
/// <param name="Data">All other inputs and constants.</param>
public sealed record GraphStepMemory(double Parameters, double Gradients, double MasterWeights, double Moments, double Activations, double Data)
{
    /// <summary>All of it.</summary>
    public double Total => Parameters + Gradients + MasterWeights + Moments + Activations + Data;

    /// <summary>What stays from step to step, and the gradients.</summary>
    public double States => Parameters + Gradients + MasterWeights + Moments;

    /// <summary>Computes it.</summary>
    /// <param name="planned">The planned bytes.</param>
    /// <param name="declared">The type that the graph declares.</param>
    /// <param name="precision">The precision in which numbers are stored.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="masterWeights">Whether a copy in fp32 is kept; null for the default. Only weights of 16 bits need one.</param>
    public static GraphStepMemory Of(PlannedBytes planned, DType declared, ComputePrecision precision, OptimizerMethod optimizer, bool? masterWeights)
    {
        double scale = (double)precision.StoredBytes() / declared.Size();
        bool isKept = (masterWeights ?? optimizer.KeepsMasterWeights(precision)) && precision.IsShort();
        double master = isKept ? (double)planned.Elements * sizeof(float) : 0;
        int full = master > 0 ? sizeof(float) : precision.StoredBytes();
        return new GraphStepMemory(
            Parameters: planned.Parameters * scale,
            Gradients: planned.Gradients * scale,
            MasterWeights: master,
            Moments: optimizer.StateBytes(new ModelProfile(null, planned.Elements, planned.Elements, null), full),
            Activations: (planned.Peak - planned.Gradients) * scale,
            Data: planned.Data);
    }

    /// <summary>The seconds of the optimizer's update, which moves bytes: gradients are read, weights and state are read and written.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="fastest">The ceilings of the device.</param>
    /// <param name="typical">The typical rates of the device.</param>
    public Interval UpdateSeconds(OptimizerMethod optimizer, DeviceRates fastest, DeviceRates typical)
    {
        double moved = optimizer == OptimizerMethod.None ? 0 : Gradients + (2 * (Parameters + MasterWeights + Moments));
        return new Interval(moved / fastest.BytesPerSecond(moved), moved / typical.BytesPerSecond(moved));
    }
}
