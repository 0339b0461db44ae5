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
    /// <summary>The utilization at the measured time that covers the most of the step; null if there is none.</summary>
    public static Utilization? Measured(StepSetup setup, HardwareProfile hardware)
    {
        var work = StepWork.Of(setup);
        Measurements given = setup.Measured;
        if (given.StepSeconds is { } step)
        {
            return At("stepMs", step, work.Model, work.Hardware, setup, hardware);
        }

        if (given is { ForwardSeconds: { } forward, BackwardSeconds: { } backward })
        {
            return At("forwardMs + backwardMs", forward + backward, work.Model, work.Hardware, setup, hardware);
        }

        if (given.ForwardSeconds is { } alone)
        {
            return At("forwardMs", alone, work.Forward, work.Forward, setup, hardware);
        }

        return given.BackwardSeconds is { } back ? At("backwardMs", back, work.Backward, work.Backward + work.Recomputed, setup, hardware) : null;
    }

    private static Utilization At(string of, double seconds, double model, double done, StepSetup setup, HardwareProfile hardware)
    {
        double possible = seconds * setup.Layout.Devices * hardware.Peak(setup.Multiplied);
        return new Utilization(of, seconds, model / possible, done / possible, model / (seconds * setup.Layout.Devices));
    }
}
