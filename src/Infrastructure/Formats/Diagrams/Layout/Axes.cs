namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// How a layered drawing, which runs from left to right, lies in the picture: as it is, or with its axes swapped, from top to bottom.
/// </summary>
internal readonly record struct Axes(bool Swapped)
{
    /// <summary>The command of SVG path data that draws a level line.</summary>
    public char Level => Swapped ? 'V' : 'H';

    /// <summary>A size in the drawing for one in the picture, and the reverse.</summary>
    public Size Size(Size size) => Swapped ? new Size(size.Height, size.Width) : size;

    /// <summary>A point in the picture for one in the drawing.</summary>
    public (double X, double Y) Point(double x, double y) => Swapped ? (y, x) : (x, y);
}
