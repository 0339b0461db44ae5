namespace Backprop.Domain.Costs.Steps;

/// <summary>The cost of a run of a given number of tokens.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Flops">Model FLOPs.</param>
/// <param name="SixNd">6·N·D, N the active parameters.</param>
/// <param name="Seconds">Its time on all devices; null without a device.</param>
/// <param name="ExpectedSeconds">Its time according to a given utilization or step time.</param>
public sealed record RunEstimate(double Tokens, double Steps, double Flops, double SixNd, Interval? Seconds, double? ExpectedSeconds)
{
    /// <summary>FLOPs per day at one PFLOP/s.</summary>
    public const double PetaflopsDay = 1e15 * 86_400;

    /// <summary>Estimates a run.</summary>
    /// <param name="setup">One step.</param>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="duration">The step's time; null without a device.</param>
    public static RunEstimate Of(StepSetup setup, double tokens, StepDuration? duration)
    {
        double steps = tokens / setup.Tokens;
        var work = StepWork.Of(setup);
        double? expected = setup.Measured.StepSeconds ?? ExpectedStep(setup);
        return new RunEstimate(
            tokens, Math.Ceiling(steps), work.Model * steps, 6 * (double)setup.Model.Active * tokens, duration is null ? null : duration.Step * steps,
                expected * steps);
    }

    /// <summary>Seconds per step at the given utilization; null without one, or without a device.</summary>
    public static double? ExpectedStep(StepSetup setup) => setup is { Measured.Mfu: { } mfu, Hardware: { } hardware }
        ? StepWork.Of(setup).Model / (mfu * setup.Layout.Devices * hardware.Peak(setup.Multiplied))
        : null;
}
