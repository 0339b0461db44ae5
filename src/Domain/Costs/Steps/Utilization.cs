using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Steps;

/// <summary>How well devices are used at a measured time (Chowdhery et al. 2022, PaLM, §4.1 and appendix B).</summary>
/// <param name="Of">Which time it is.</param>
/// <param name="Seconds">The time.</param>
/// <param name="Mfu">Model FLOPs by what the devices could do at their peak.</param>
/// <param name="Hfu">The same with what is computed again.</param>
/// <param name="FlopsPerDevice">Model FLOP/s of one device.</param>
public sealed record Utilization(string Of, double Seconds, double Mfu, double Hfu, double FlopsPerDevice)
{
    /// <summary>The utilisation at the time that was measured for the most of the step; null where none was.</summary>
    public static Utilization? Measured(StepSetup setup, HardwareProfile hardware)
    {
        var work = StepWork.Of(setup);
        Measurements given = setup.Measured;
        if (given.StepSeconds is { } step)
            return At("stepMs", step, work.Model, work.Hardware, setup, hardware);
        if (given is { ForwardSeconds: { } forward, BackwardSeconds: { } backward })
            return At("forwardMs + backwardMs", forward + backward, work.Model, work.Hardware, setup, hardware);
        if (given.ForwardSeconds is { } alone)
            return At("forwardMs", alone, work.Forward, work.Forward, setup, hardware);
        return given.BackwardSeconds is { } back ? At("backwardMs", back, work.Backward, work.Backward + work.Recomputed, setup, hardware) : null;
    }

    private static Utilization At(string of, double seconds, double model, double done, StepSetup setup, HardwareProfile hardware)
    {
        double possible = seconds * setup.Layout.Devices * hardware.Peak(setup.Multiplied);
        return new Utilization(of, seconds, model / possible, done / possible, model / (seconds * setup.Layout.Devices));
    }
}
