using Backprop.Domain.Costs.Catalogues;
using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Steps;

/// <summary>Contradictions within a request.</summary>
public static class StepConflicts
{
    private const double Likeness = 0.03;

    /// <summary>Lists the contradictions.</summary>
    public static IEnumerable<CostConflict> Of(StepSetup setup)
    {
        if (setup.Hardware is not { } hardware)
        {
            return [];
        }

        return [.. Times(setup, hardware), .. Sums(setup), .. Weights(setup, hardware), .. Utilizations(setup, hardware), .. Memory(setup, hardware),
            .. Sparse(hardware)];
    }

    /// <summary>Times below those at the device's peak, or at the highest measured share of it.</summary>
    private static IEnumerable<CostConflict> Times(StepSetup setup, HardwareProfile hardware)
    {
        var work = StepWork.Of(setup);
        (string Path, double? Seconds, double Flops)[] given =
        [
            ("forwardMs", setup.Measured.ForwardSeconds, work.Forward),
            ("backwardMs", setup.Measured.BackwardSeconds, work.Backward + work.Recomputed),
            ("stepMs", setup.Measured.StepSeconds, work.Hardware),
        ];
        double ceiling = hardware.Ceiling(setup.Multiplied);
        foreach ((string path, double? seconds, double flops) in given)
        {
            double least = flops / (setup.Layout.Devices * hardware.Peak(setup.Multiplied));
            if (seconds is { } time && time < least / ceiling)
            {
                yield return TooFast(setup, hardware, path, time, least, ceiling);
            }
        }
    }

    private static CostConflict TooFast(StepSetup setup, HardwareProfile hardware, string path, double seconds, double least, double ceiling)
    {
        string devices = setup.Layout.Devices == 1 ? hardware.Name : $"{setup.Layout.Devices} × {hardware.Name}";
        string peak = $"{FormulaText.Of(hardware.Peak(setup.Multiplied) / 1e12)} TFLOP/s of {setup.Multiplied.Text()}";
        return seconds < least
            ? new CostConflict(path, least / seconds,
                $"{FormulaText.Duration(seconds)} are too short: {devices} at the full peak of {peak} would take {FormulaText.Duration(least)}.")
            : new CostConflict(path, least / ceiling / seconds,
                $"{FormulaText.Duration(seconds)} are {FormulaText.Of(least / seconds)} of the peak of {devices} ({peak}); large products were " +
                    $"measured to reach {FormulaText.Of(ceiling)}.");
    }

    private static IEnumerable<CostConflict> Sums(StepSetup setup)
    {
        if (setup.Measured is not { StepSeconds: { } step } measured)
        {
            yield break;
        }

        double parts = (measured.ForwardSeconds ?? 0) + (measured.BackwardSeconds ?? 0);
        if (parts > step)
        {
            yield return new CostConflict("stepMs", parts / step,
                $"The forward and backward pass together take {FormulaText.Duration(parts)}, longer than the step.");
        }
    }

    // A step that was timed must have fit.
    private static IEnumerable<CostConflict> Weights(StepSetup setup, HardwareProfile hardware)
    {
        bool isTimed = setup.Measured is not { ForwardSeconds: null, BackwardSeconds: null, StepSeconds: null };
        double weights = MemoryNeed.Of(setup).Parameters;
        if (isTimed && weights > hardware.MemoryBytes)
        {
            yield return new CostConflict("hardware", weights / hardware.MemoryBytes,
                $"The weights need {FormulaText.Of(weights / 1e9)} GB, a device has {FormulaText.Of(hardware.MemoryBytes / 1e9)} GB: "
                    + $"at least {FormulaText.Of(Math.Ceiling(weights / hardware.MemoryBytes))} devices are needed.");
        }
    }

    private static IEnumerable<CostConflict> Utilizations(StepSetup setup, HardwareProfile hardware)
    {
        double ceiling = hardware.Ceiling(setup.Multiplied);
        if (setup.Measured.Mfu is { } mfu && mfu > ceiling)
        {
            yield return new CostConflict("mfu", mfu / ceiling,
                $"Large products on {hardware.Name} were measured to reach {FormulaText.Of(ceiling)} of its peak, less than {FormulaText.Of(mfu)}.");
        }
    }

    private static IEnumerable<CostConflict> Memory(StepSetup setup, HardwareProfile hardware)
    {
        if (setup.Measured.Bytes is not { } bytes)
        {
            yield break;
        }

        if (bytes > hardware.MemoryBytes)
        {
            yield return new CostConflict("measuredBytes", bytes / hardware.MemoryBytes,
                $"{hardware.Name} has {FormulaText.Of(hardware.MemoryBytes)} bytes.");
        }

        double states = MemoryNeed.Of(setup).States;
        if (bytes < states)
        {
            yield return new CostConflict("measuredBytes", states / bytes,
                $"Just weights, gradients and optimizer take {FormulaText.Of(states)} bytes per device.");
        }
    }

    /// <summary>
    /// A custom device with the memory and bandwidth of a catalogued one and twice its peak has that peak from a data sheet that counts structured
    /// sparsity.
    /// </summary>
    public static IEnumerable<CostConflict> Sparse(HardwareProfile hardware)
    {
        if (HardwareCatalogue.All.Any(known => ReferenceEquals(known.Profile, hardware)))
        {
            yield break;
        }

        foreach ((ComputePrecision precision, double peak) in hardware.PeakFlops)
        {
            CataloguedHardware? twin = HardwareCatalogue.All.FirstOrDefault(known =>
                Like(known.Profile.MemoryBytes, hardware.MemoryBytes) && Like(known.Profile.BytesPerSecond, hardware.BytesPerSecond)
                && known.Profile.PeakFlops.TryGetValue(precision, out double dense) && Like(2 * dense, peak));
            if (twin is not null)
            {
                yield return new CostConflict($"hardware.peakTflops.{precision.Text()}", peak / twin.Profile.Peak(precision),
                    $"That is twice the dense peak of {twin.Name}, whose memory this device has: probably the figure for matrices half of whose " +
                        $"elements are zero (2:4 sparsity).");
            }
        }
    }

    private static bool Like(double a, double b) => Math.Abs(a - b) <= Likeness * Math.Max(a, b);
}
