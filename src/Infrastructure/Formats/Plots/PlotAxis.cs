using System.Globalization;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>An axis from zero, with ticks at round numbers.</summary>
internal sealed class PlotAxis
{
    private readonly double start;
    private readonly double end;
    private readonly double step;
    private readonly double most;

    /// <summary>Creates an axis that covers a number.</summary>
    /// <param name="start">The position of zero, in pixels.</param>
    /// <param name="end">Where the axis ends.</param>
    /// <param name="largest">The largest number shown.</param>
    /// <param name="ticks">The approximate number of ticks.</param>
    public PlotAxis(double start, double end, double largest, int ticks)
    {
        (this.start, this.end) = (start, end);
        largest = largest > 0 ? largest * 1.04 : 1;
        step = RoundSteps.Above(largest / ticks);
        most = Math.Ceiling(largest / step) * step;
    }

    /// <summary>The ticks: their positions and texts.</summary>
    public IEnumerable<(double Place, string Text)> Ticks()
    {
        for (int i = 0; i * step <= most * (1 + 1e-9); i++)
        {
            yield return (At(i * step), (i * step).ToString("#,0.########", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The position of a number.</summary>
    public double At(double value) => start + ((end - start) * value / most);
}
