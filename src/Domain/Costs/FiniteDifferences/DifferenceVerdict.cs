using System.Globalization;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.FiniteDifferences;

/// <summary>An estimate in words.</summary>
public static class DifferenceVerdict
{
    /// <summary>Feasible or not, and why.</summary>
    public static string Text(DifferenceQuestion question, DifferenceEstimate estimate)
    {
        string time = $"one gradient takes {TimeText.Of(estimate.Seconds)}, backpropagation takes {TimeText.Of(question.BackpropSeconds)}";
        string noise = $"its noise is {Short(estimate.Noise)} ({question.Precision.Text()}, at the best step of {Short(estimate.BestStep)})";
        string component = $"a typical component of the gradient, {Short(estimate.TypicalComponent)}";
        bool slow = estimate.Seconds > DifferenceEstimate.LongestSeconds;
        return (slow, Drowned: !(estimate.NoiseToComponent <= 1)) switch
        {
            (false, false) => $"feasible: {time}, and {noise}, {Short(estimate.NoiseToComponent)} of {component}",
            (true, false) => $"infeasible: {time}; as for accuracy, {noise}, {Short(estimate.NoiseToComponent)} of {component}",
            (false, true) => $"infeasible: {noise}, {Short(estimate.NoiseToComponent)} times {component}: most components are lost in it; {time}",
            (true, true) => $"infeasible: {time}, and {noise}, {Short(estimate.NoiseToComponent)} times {component}: most components are lost in it",
        };
    }

    // 2.4e-4, 0.025, 20, 103.
    private static string Short(double value) => value switch
    {
        0 => "0",
        < 1e-2 or >= 1e6 => value.ToString("0.0e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
