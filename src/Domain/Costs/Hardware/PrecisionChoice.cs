namespace Backprop.Domain.Costs.Hardware;

/// <summary>Chooses the precision of matrix products.</summary>
public static class PrecisionChoice
{
    /// <summary>The requested precision, otherwise <paramref name="usual"/> or the next one that the device supports.</summary>
    /// <param name="requested">The requested precision; null if the device decides.</param>
    /// <param name="usual">The precision that is chosen if the device supports it.</param>
    /// <param name="hardware">The device; null for any.</param>
    /// <exception cref="CostException">The device does not support the requested precision.</exception>
    public static ComputePrecision Of(ComputePrecision? requested, ComputePrecision usual, HardwareProfile? hardware)
    {
        if (hardware is null)
        {
            return requested ?? usual;
        }

        if (requested is not { } precision)
        {
            return hardware.Multiplies(usual) ?? hardware.PeakFlops.Keys.First();
        }

        return hardware.Multiplies(precision) is not null
            ? precision
            : throw new CostException(("precision",
                $"{hardware.Name} computes in {string.Join(", ", hardware.PeakFlops.Keys.Select(key => key.Text()))}, not in {precision.Text()}."));
    }
}
