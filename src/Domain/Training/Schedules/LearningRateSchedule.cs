using System.Globalization;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Training.Schedules;

/// <summary>
/// The learning rate as a function of the step, in the forms of <c>torch.optim.lr_scheduler</c>. After its last step a schedule stays at its last
/// rate. One-cycle changes the rate only, not the momentum (<c>cycle_momentum=False</c>).
/// </summary>
public sealed class LearningRateSchedule
{
    private const double DefaultStartFactor = 1.0 / 3, DefaultGamma = 0.1, DefaultPctStart = 0.3, DefaultDivFactor = 25, DefaultFinalDivFactor = 1e4;

    private readonly double learningRate;
    private readonly long warmup;
    private readonly Func<long, double> rate;

    private LearningRateSchedule(double learningRate, long warmup, Func<long, double> rate) =>
        (this.learningRate, this.warmup, this.rate) = (learningRate, warmup, rate);

    /// <summary>The schedule for these options.</summary>
    /// <param name="options">The schedule and its parameters.</param>
    /// <param name="learningRate">The learning rate of the optimizer.</param>
    /// <param name="steps">The steps of the run.</param>
    /// <exception cref="GraphException">The schedule does not have a parameter that is given, one is missing, or one is out of range.</exception>
    public static LearningRateSchedule Of(ScheduleOptions options, double learningRate, long steps)
    {
        ScheduleParameters.Require(options);
        if (options.WarmupSteps < 0)
        {
            throw new GraphException("schedule.warmupSteps", $"warmupSteps is {options.WarmupSteps}, expected at least 0");
        }

        long total = options.TotalSteps ?? Math.Max(1, steps - options.WarmupSteps);
        if (total < 1)
        {
            throw new GraphException("schedule.totalSteps", $"totalSteps is {total}, expected at least 1");
        }

        return new LearningRateSchedule(learningRate, options.WarmupSteps, Rate(options, learningRate, total));
    }

    /// <summary>The learning rate of a step, the first of which is 0.</summary>
    public double At(long step) => step < warmup ? learningRate * (step + 1) / warmup : rate(step - warmup);

    private static Func<long, double> Rate(ScheduleOptions options, double learningRate, long total) => options.Name switch
    {
        ScheduleName.Linear => Linear(learningRate, Finite("startFactor", options.StartFactor ?? DefaultStartFactor),
            Finite("endFactor", options.EndFactor ?? 1), total),
        ScheduleName.Cosine => Cosine(learningRate, Finite("minimum", options.Minimum ?? 0), total),
        ScheduleName.Step => Step(learningRate, StepSize(options.StepSize), Finite("gamma", options.Gamma ?? DefaultGamma)),
        ScheduleName.Exponential => Exponential(learningRate, Finite("gamma", Given("exponential", "gamma", options.Gamma))),
        ScheduleName.OneCycle => OneCycle(options, total),
        _ => _ => learningRate,
    };

    private static Func<long, double> Linear(double learningRate, double start, double end, long total) =>
        t => learningRate * (start + ((end - start) * Math.Min(t, total) / total));

    // Loshchilov and Hutter, "SGDR" (2017), without restarts.
    private static Func<long, double> Cosine(double learningRate, double minimum, long total) =>
        t => minimum + ((learningRate - minimum) * (1 + Math.Cos(Math.PI * Math.Min(t, total) / total)) / 2);

    private static Func<long, double> Step(double learningRate, long size, double gamma) => t => learningRate * Math.Pow(gamma, t / size);

    private static Func<long, double> Exponential(double learningRate, double gamma) => t => learningRate * Math.Pow(gamma, t);

    // Smith and Topin, "Super-Convergence" (2018), in two phases.
    private static Func<long, double> OneCycle(ScheduleOptions options, long total)
    {
        double maximum = Finite("maximum", Given("oneCycle", "maximum", options.Maximum));
        double share = options.PctStart ?? DefaultPctStart;
        double initial = maximum / Positive("divFactor", options.DivFactor ?? DefaultDivFactor);
        double last = initial / Positive("finalDivFactor", options.FinalDivFactor ?? DefaultFinalDivFactor);
        if (share is not (>= 0 and <= 1))
        {
            throw new GraphException("schedule.pctStart", $"pctStart is {Text(share)}, expected between 0 and 1");
        }

        double peak = (share * total) - 1, end = total - 1;
        return t => t <= peak ? Annealed(initial, maximum, t / peak)
            : end <= peak ? maximum
            : Annealed(maximum, last, (Math.Min(t, end) - peak) / (end - peak));
    }

    // A first phase of a single step has no length.
    private static double Annealed(double from, double to, double share) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * (double.IsNaN(share) ? 1 : share))));

    private static long StepSize(long? size) => size is >= 1
        ? size.Value
        : throw new GraphException("schedule.stepSize", size is null ? "the schedule step needs a stepSize"
            : $"stepSize is {size}, expected at least 1");

    private static double Given(string schedule, string name, double? value) =>
        value ?? throw new GraphException($"schedule.{name}", $"the schedule {schedule} needs a {name}");

    private static double Finite(string name, double value) => double.IsFinite(value) && value >= 0
        ? value
        : throw new GraphException($"schedule.{name}", $"{name} is {Text(value)}, expected a finite number of at least 0");

    private static double Positive(string name, double value) => double.IsFinite(value) && value > 0
        ? value
        : throw new GraphException($"schedule.{name}", $"{name} is {Text(value)}, expected a finite number above 0");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
