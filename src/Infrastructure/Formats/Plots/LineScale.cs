using System.Globalization;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>An axis over a range of numbers, linear or logarithmic, with ticks at round numbers.</summary>
internal sealed class LineScale
{
    private const double Margin = 0.04;
    private const double FewDecades = 2;
    private const int FewTicks = 3;

    // Numbers that differ by less are one number with rounding errors; the axis is centred on it.
    private const double Smallest = 1e-12;

    private readonly double start;
    private readonly double end;
    private readonly bool isLogarithmic;
    private readonly double low;
    private readonly double high;
    private readonly double step;
    private readonly int ticks;

    /// <summary>Creates an axis that covers numbers.</summary>
    /// <param name="start">Where it begins, in pixels.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="isLogarithmic">Whether it is logarithmic.</param>
    /// <param name="numbers">The numbers; those without a place on it do not count.</param>
    /// <param name="ticks">The approximate number of ticks.</param>
    public LineScale(double start, double end, bool isLogarithmic, IEnumerable<double> numbers, int ticks)
    {
        (this.start, this.end, this.isLogarithmic) = (start, end, isLogarithmic);
        double[] positions = [.. numbers.Where(Has).Select(Position)];
        (double least, double most) = positions.Length == 0 ? (0, 1) : (positions.Min(), positions.Max());

        // Halves, since the difference of two large numbers may overflow.
        double half = (most / 2) - (least / 2);
        if (!(half > Smallest * Math.Abs(most)))
        {
            half = isLogarithmic || most == 0 ? 0.5 : Math.Abs(most) / 2;
        }

        double middle = (most / 2) + (least / 2);
        (low, high) = (middle - (half * (1 + Margin)), middle + (half * (1 + Margin)));
        this.ticks = ticks;
        step = isLogarithmic
            ? Math.Max(1, Math.Ceiling(2 * half / ticks))
            : RoundSteps.Above(2 * (half / ticks), positions.All(double.IsInteger) && half > 0.5);
    }

    /// <summary>Whether a number has a place on the axis.</summary>
    public bool Has(double number) => double.IsFinite(number) && (!isLogarithmic || number > 0);

    /// <summary>The position of a number that has one.</summary>
    public double At(double number) => start + ((end - start) * Share(Position(number)));

    /// <summary>The ticks: their positions and texts.</summary>
    public IEnumerable<(double Place, string Text)> Ticks() => isLogarithmic && high - low < FewDecades
        ? FineTicks().Select(number => (At(number), Plain(number)))
        : Multiples(step, low, high).Select(position => (start + ((end - start) * Share(position)), Text(position)));

    // Within two decades, 1, 2 and 5 of each; within a fraction of one, round numbers as on a linear axis.
    private double[] FineTicks()
    {
        (double least, double most) = (Math.Pow(10, low), Math.Pow(10, high));
        double[] found = [.. Multiples(1, Math.Floor(low), high).SelectMany(decade => new[] { 1, 2, 5 }, (decade, multiple) =>
            multiple * Math.Pow(10, decade)).Where(number => number >= least && number <= most)];
        return found.Length >= FewTicks ? found : [.. Multiples(RoundSteps.Above((most - least) / ticks), least, most)];
    }

    private static IEnumerable<double> Multiples(double step, double least, double most)
    {
        for (double multiple = Math.Ceiling(least / step); multiple * step <= most; multiple++)
        {
            yield return multiple * step;
        }
    }

    private double Position(double number) => isLogarithmic ? Math.Log10(number) : number;

    private double Share(double position) => ((position / 2) - (low / 2)) / ((high / 2) - (low / 2));

    private string Text(double position) => !isLogarithmic ? Plain(Math.Abs(position) < step / 2 ? 0 : position)
        : position is >= -3 and <= 4 ? Plain(Math.Pow(10, position))
        : "10" + string.Concat(position.ToString("0", CultureInfo.InvariantCulture).Select(Raised));

    private static string Plain(double number) => Math.Abs(number) is >= 1e6 or (< 1e-3 and > 0)
        ? number.ToString("0.##e+0", CultureInfo.InvariantCulture)
        : number.ToString("#,0.########", CultureInfo.InvariantCulture);

    private static char Raised(char digit) => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'];
}
