using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>Places labels next to their points: no label overlaps another one or a point, or lies outside.</summary>
internal sealed class LabelPlacement((double Left, double Top, double Right, double Bottom) field, Font font)
{
    private const double Height = 16;
    private readonly List<(double Left, double Top, double Right, double Bottom)> taken = [];

    /// <summary>Keeps a point clear.</summary>
    public void Avoid((double X, double Y) point, double radius) =>
        taken.Add((point.X - radius, point.Y - radius, point.X + radius, point.Y + radius));

    /// <summary>The left end of a label's base line; the nearest free position, otherwise the last one tried.</summary>
    public (double X, double Y) Place((double X, double Y) point, string label)
    {
        double width = TextMeasure.Width(label, font);
        (double Left, double Top, double Right, double Bottom) box = default;
        foreach ((double x, double y) in Places(point, width))
        {
            box = (x, y, x + width, y + Height);
            if (IsInside(box) && !taken.Exists(other => Overlap(box, other)))
            {
                break;
            }
        }

        taken.Add(box);
        return (box.Left, box.Bottom - 4);
    }

    private static IEnumerable<(double X, double Y)> Places((double X, double Y) point, double width)
    {
        for (double distance = 9; distance < 240; distance += 7)
        {
            yield return (point.X + distance, point.Y - Height - (distance / 3));
            yield return (point.X + distance, point.Y - (Height / 2));
            yield return (point.X + distance, point.Y + (distance / 3));
            yield return (point.X - (width / 2), point.Y - Height - distance);
            yield return (point.X - distance - width, point.Y - Height - (distance / 3));
            yield return (point.X - distance - width, point.Y - (Height / 2));
            yield return (point.X - (width / 2), point.Y + distance);
            yield return (point.X + (distance / 2), point.Y - Height - distance);
        }
    }

    private bool IsInside((double Left, double Top, double Right, double Bottom) box) =>
        box.Left >= field.Left && box.Right <= field.Right && box.Top >= field.Top && box.Bottom <= field.Bottom;

    private static bool Overlap((double Left, double Top, double Right, double Bottom) a, (double Left, double Top, double Right, double Bottom) b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}
