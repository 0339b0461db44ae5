using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Steps;

/// <summary>The utilization of devices at a measured time (Chowdhery et al. 2022, PaLM, §4.1 and appendix B).</summary>
/// <param name="Of">Which time it is.</param>
/// <param name="Seconds">The time.</param>
/// <param name="Mfu">The ratio of the model's FLOP/s to the devices' peak.</param>
/// <param name="Hfu">The same including recomputation.</param>
/// <param name="FlopsPerDevice">Model FLOP/s per device.</param>
public sealed record Utilization(string Of, double Seconds, double Mfu, double Hfu, double FlopsPerDevice)
{
    /// <summary>The utilization at the measured time that covers the most of a model's step; null if there is none.</summary>
    public static Utilization? Measured(StepSetup setup, HardwareProfile hardware)
    {
        var work = StepWork.Of(setup);
        return Measured(setup.Measured, work.Forward, work.Backward, work.Recomputed, setup.Layout.Devices, hardware.Peak(setup.Multiplied));
    }

    /// <summary>The utilization at the measured time that covers the most of a step; null if there is none.</summary>
    /// <param name="given">The measured times.</param>
    /// <param name="forward">The FLOPs of the forward pass.</param>
    /// <param name="backward">The FLOPs of the backward pass, without repetitions.</param>
    /// <param name="recomputed">The FLOPs that are repeated.</param>
    /// <param name="devices">The number of devices.</param>
    /// <param name="peak">The peak of a device in FLOP/s.</param>
    public static Utilization? Measured(Measurements given, double forward, double backward, double recomputed, long devices, double peak)
    {
        return given switch
        {
            { StepSeconds: { } step } => At("stepMs", step, forward + backward, recomputed),
            { ForwardSeconds: { } first, BackwardSeconds: { } second } =>
                At("forwardMs + backwardMs", first + second, forward + backward, recomputed),
            { ForwardSeconds: { } alone } => At("forwardMs", alone, forward, 0),
            { BackwardSeconds: { } back } => At("backwardMs", back, backward, recomputed),
            _ => null,
        };

        Utilization At(string of, double seconds, double model, double repeated)
        {
            double possible = seconds * devices * peak;
            return new Utilization(of, seconds, model / possible, (model + repeated) / possible, model / (seconds * devices));
        }
    }
}
