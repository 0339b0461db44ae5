namespace Backprop.Compute.Calibration;

/// <summary>A rate that depends on the size of the work, from measurements at some sizes.</summary>
/// <param name="points">Sizes and rates, the sizes ascending; at least one.</param>
public sealed class RateCurve(IReadOnlyList<(double Size, double PerSecond)> points)
{
    /// <summary>The measurements.</summary>
    public IReadOnlyList<(double Size, double PerSecond)> Points => points;

    /// <summary>The rate at a size: between two measured sizes a power law, beyond them the nearest rate.</summary>
    public double At(double size)
    {
        if (size <= points[0].Size)
        {
            return points[0].PerSecond;
        }

        for (int i = 1; i < points.Count; i++)
        {
            ((double below, double first), (double above, double second)) = (points[i - 1], points[i]);
            if (size <= above)
            {
                return first * Math.Pow(second / first, Math.Log(size / below) / Math.Log(above / below));
            }
        }

        return points[^1].PerSecond;
    }
}
