using Backprop.Infrastructure.Formats.Plots;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>
/// The points of a curve, as few as a picture can show: of the steps that fall on the same place, the least and the greatest number are kept, so that
/// no spike is lost.
/// </summary>
/// <param name="steps">The last step.</param>
internal sealed class CurvePoints(long steps)
{
    private const int Places = 360;
    private readonly SortedDictionary<long, List<(long Step, double Number)>> byPlace = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => byPlace.Count > 0;

    /// <summary>Adds a number; null for none at this step.</summary>
    public void Add(long step, double? number)
    {
        if (number is not { } given)
        {
            return;
        }

        long place = steps <= 2 * Places ? step : (long)((double)step * Places / steps);
        if (!byPlace.TryGetValue(place, out List<(long Step, double Number)>? points))
        {
            byPlace[place] = points = [];
        }

        points.Add((step, given));
        if (points.Count > 2)
        {
            points.RemoveAt(Middle(points));
        }
    }

    /// <summary>The curve.</summary>
    /// <param name="name">Its name.</param>
    public Line Line(string name)
    {
        (long Step, double Number)[] all = [.. byPlace.Values.SelectMany(points => points)];
        return new Line(name, [.. all.Select(point => (double)point.Step)], [.. all.Select(point => point.Number)]);
    }

    // The one of three that is neither the least nor the greatest; numbers that are not finite are kept first.
    private static int Middle(List<(long Step, double Number)> points)
    {
        int[] order = [.. Enumerable.Range(0, points.Count).OrderBy(i => double.IsFinite(points[i].Number) ? points[i].Number : double.MaxValue)];
        return order[1];
    }
}
