using Backprop.Infrastructure.Formats.Diagrams.Layout;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>How large the boxes of a layout are, and how far apart.</summary>
/// <param name="Scale">The ratio of all lengths of a box to the normal ones.</param>
/// <param name="NameWidth">The most that a name may widen a box, in pixels.</param>
/// <param name="TextWidth">The width at which values and gradients are broken into lines.</param>
/// <param name="MatrixWidth">The same for a matrix, whose rows are kept on one line if possible.</param>
/// <param name="LeastWidth">The width of the smallest box.</param>
/// <param name="HasLabels">Whether edges are labelled.</param>
/// <param name="Spacing">The distances between boxes.</param>
internal sealed record BoxStyle(
    double Scale, double NameWidth, double TextWidth, double MatrixWidth, double LeastWidth, bool HasLabels, Spacing Spacing)
{
    private static readonly BoxStyle Normal = new(1, 345, 290, 390, 84, true, new Spacing(16, 34, 120));
    private static readonly BoxStyle Small = new(0.85, 140, 135, 260, 56, false, new Spacing(10, 20, 60));

    /// <summary>The style of a layout.</summary>
    public static BoxStyle Of(DiagramArrangement layout) => layout == DiagramArrangement.Compact ? Small : Normal;

    /// <summary>The width at which a text is broken into lines.</summary>
    public double WidthFor(string text) => text.Contains('\n') ? MatrixWidth : TextWidth;

    /// <summary>A font in this style.</summary>
    public Font Of(Font font) => font with { Size = font.Size * Scale };
}
