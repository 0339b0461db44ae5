namespace Backprop.Domain.Costs;

/// <summary>Finds peaks with 2:4 sparsity that are given as dense ones: the commonest mistake in descriptions of devices, for vendors print them larger.</summary>
public static class SparsePeaks
{
    private const double Closeness = 0.01;

    /// <summary>The peaks of a described device that are twice the dense one of a known device with the same memory, while none of its own are.</summary>
    /// <param name="described">The device of a request.</param>
    /// <param name="known">Devices whose dense peaks are known.</param>
    public static IReadOnlyList<CostConflict> Of(HardwareProfile described, IEnumerable<HardwareProfile> known)
    {
        HardwareProfile[] alike = [.. known.Where(other => Near(described.MemoryBytes, other.MemoryBytes))];
        var conflicts = new List<CostConflict>();
        foreach ((ComputePrecision precision, double peak) in described.PeakFlops)
        {
            bool dense = alike.Any(other => other.PeakFlops.TryGetValue(precision, out double own) && Near(peak, own));
            HardwareProfile? doubled = alike.FirstOrDefault(other => other.PeakFlops.TryGetValue(precision, out double own) && Near(peak, 2 * own));
            if (!dense && doubled is not null)
            {
                conflicts.Add(new CostConflict($"hardware.peakTflops.{precision.Text()}", peak / doubled.PeakFlops[precision],
                    $"{peak / 1e12:0.#} TFLOP/s in {precision.Text()} is what {doubled.Name} does with 2:4 sparsity; its dense peak is {doubled.PeakFlops[precision] / 1e12:0.#}"));
            }
        }

        return conflicts;
    }

    private static bool Near(double value, double other) => other > 0 && Math.Abs(value - other) <= Closeness * other;
}
