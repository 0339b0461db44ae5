using System.Globalization;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Reconciliation;

/// <summary>
/// Finds contradictions: a pass faster than its arithmetic at the dense peak or than reading its weights, weights that do not fit, more memory than
/// there is or less than needed. Each conflict states its factor. Only hard bounds are used, so every reported conflict is certain.
/// </summary>
public static class Reconciliation
{
    // A rounded figure is not a contradiction.
    private const double Tolerance = 1.005;

    // Vendors quote twice the dense peak for matrices in which two of every four elements are zero.
    private const double Sparsity = 2;

    /// <summary>All conflicts, each at the member of the request where it was found.</summary>
    public static IReadOnlyList<CostConflict> Of(MeasuredStep step)
    {
        double? backward = step.BackwardFlops ?? 2 * step.ForwardFlops;
        return
        [
            .. Pass(step, "forwardMs", "a forward pass", step.ForwardSeconds, step.ForwardFlops, step.ForwardFormula),
            .. Pass(step, "backwardMs", "a backward pass", step.BackwardSeconds, backward, null),
            .. Pass(step, "stepMs", "a step", step.StepSeconds, step.ForwardFlops + backward, null),
            .. Reading(step),
            .. Memory(step),
        ];
    }

    private static IEnumerable<CostConflict> Pass(MeasuredStep step, string path, string what, double? seconds, double? flops, string? formula)
    {
        if (seconds is not { } stated || flops is not { } work || step.Hardware.Multiplies(step.Precision) is not { } precision)
        {
            yield break;
        }

        double peak = step.Hardware.Peak(precision) * step.Devices;
        double least = work / peak;
        double factor = least / stated;
        if (factor > Tolerance)
        {
            string hint = factor <= Sparsity * Tolerance && HasSparsePeak(precision)
                ? "; the peaks that vendors quote with 2:4 sparsity are twice the dense ones; perhaps one of them was used"
                : string.Empty;
            yield return new CostConflict(path, factor,
                $"{what} is {Text(work / 1e12)} TFLOP{(formula is null ? string.Empty : $" ({formula})")}; {Who(step)} can do {Text(peak / 1e12)} " +
                    $"TFLOP/s in {precision.Text()} "
                + $"at most, which takes {TimeText.Of(least)} and not {TimeText.Of(stated)}: a utilisation of {Text(factor)}, which cannot be " +
                    $"above 1{hint}");
        }
    }

    private static IEnumerable<CostConflict> Reading(MeasuredStep step)
    {
        double bytes = step.WeightBytes ?? step.Parameters * step.Precision.StoredBytes();
        double least = bytes / (step.Hardware.BytesPerSecond * step.Devices);
        if (step.ForwardSeconds is { } stated && step.Hardware.BytesPerSecond > 0 && least / stated > Tolerance)
        {
            yield return new CostConflict("forwardMs", least / stated,
                $"a forward pass reads {Text(bytes / 1e9)} GB of weights; from the memory of {Who(step)} at " +
                    $"{Text(step.Hardware.BytesPerSecond * step.Devices / 1e12)} TB/s "
                + $"that takes {TimeText.Of(least)} and not {TimeText.Of(stated)}");
        }
    }

    private static IEnumerable<CostConflict> Memory(MeasuredStep step)
    {
        double share = step.LeastBytes ?? step.Parameters * step.Precision.StoredBytes() / step.Devices;
        double capacity = step.Hardware.MemoryBytes;
        string what = step.LeastBytes is null ? $"the weights in {step.Precision.Text()}" : "the data that must be in memory";
        if (capacity > 0 && share / capacity > 1)
        {
            double fewest = Math.Ceiling(share * step.Devices / capacity);
            yield return new CostConflict("hardware", share / capacity,
                $"{what} take {Text(share / 1e9)} GB per device, and {step.Hardware.Name} has {Text(capacity / 1e9)} GB: " +
                    $"{fewest.ToString("#,0", CultureInfo.InvariantCulture)} are needed at least");
        }

        if (step.MeasuredBytes is { } measured && share / measured > Tolerance)
        {
            yield return new CostConflict("measuredBytes", share / measured,
                $"{what} take {Text(share / 1e9)} GB per device, more than the {Text(measured / 1e9)} GB that were measured");
        }
        else if (step.MeasuredBytes is { } above && capacity > 0 && above / capacity > Tolerance)
        {
            yield return new CostConflict("measuredBytes", above / capacity,
                $"{Text(above / 1e9)} GB are more than {step.Hardware.Name} has, {Text(capacity / 1e9)} GB");
        }
    }

    private static bool HasSparsePeak(ComputePrecision precision) => precision is not (ComputePrecision.Fp64 or ComputePrecision.Fp32);

    private static string Who(MeasuredStep step) =>
        step.Devices == 1 ? $"one {step.Hardware.Name}" : $"{step.Devices.ToString("#,0", CultureInfo.InvariantCulture)} × {step.Hardware.Name}";

    private static string Text(double value) => value >= 1000 ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);
}
