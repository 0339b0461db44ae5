using System.Globalization;
using Backprop.Domain.Training;

namespace Backprop.Compute.Training;

/// <summary>Watches the loss that decides about an early end: the validation loss, or that of recorded steps if there is no validation.</summary>
/// <param name="options">When a run ends early.</param>
/// <param name="best">The best parameters until now.</param>
/// <param name="withoutImprovement">How many losses have been observed since.</param>
internal sealed class Monitor(StopOptions options, BestParameters? best, int withoutImprovement)
{
    /// <summary>The smallest loss until now; infinite before the first.</summary>
    public double Loss { get; private set; } = best?.Loss ?? double.PositiveInfinity;

    /// <summary>The step that had it; 0 before the first.</summary>
    public long Step { get; private set; } = best?.Step ?? 0;

    /// <summary>How many losses have been observed since.</summary>
    public int WithoutImprovement { get; private set; } = withoutImprovement;

    /// <summary>How the run ended early, if it did.</summary>
    public TrainingOutcome? Outcome =>
        Loss < options.LossBelow ? new TrainingOutcome(TrainingEnd.Stopped,
            $"the loss of step {Step} is {Text(Loss)}, below {Text(options.LossBelow.Value)}")
        : WithoutImprovement >= options.Patience ? new TrainingOutcome(TrainingEnd.Stopped,
            $"the loss has not been below that of step {Step}, {Text(Loss)}, in {WithoutImprovement} further comparisons")
        : null;

    /// <summary>Takes note of a loss.</summary>
    /// <returns>Whether it is the smallest until now.</returns>
    public bool Observe(double loss, long step)
    {
        if (!(loss < Loss))
        {
            WithoutImprovement++;
            return false;
        }

        (Loss, Step, WithoutImprovement) = (loss, step, 0);
        return true;
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
