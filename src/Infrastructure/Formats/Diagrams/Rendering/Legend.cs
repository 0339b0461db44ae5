using System.Xml.Linq;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>A line below the picture that explains boxes and lines; below it, why something is missing.</summary>
internal sealed class Legend
{
    private const double Sample = 22;
    private const double Line = 18;

    /// <summary>The names of all entries; the last two are lines, the others boxes.</summary>
    private static readonly (string Style, string Text)[] Entries =
    [
        ("bp-input", "input"),
        ("bp-constant", "constant"),
        ("bp-operation", "operation"),
        ("bp-output", "output"),
        ("bp-forward", "value"),
        ("bp-backward", "gradient: local derivative, contribution"),
    ];

    private readonly IReadOnlyList<string> _note;

    /// <summary>Breaks the note of a diagram into lines.</summary>
    public Legend(Diagram diagram, double width) => _note = diagram.Note is { } note ? Wrap(note, width, Theme.Small) : [];

    /// <summary>The width of the entries.</summary>
    public static double Width => Entries.Sum(EntryWidth) - 18;

    /// <summary>Its height: the entries, and the note below.</summary>
    public double Height => 16 + (Line * _note.Count);

    /// <summary>Draws it.</summary>
    /// <param name="x">The left side.</param>
    /// <param name="y">The top.</param>
    public XElement Draw(double x, double y)
    {
        var group = Group("bp-legend", _note.Select((line, i) =>
            Text("bp-note", x, y + 12 + (Line * (i + 1)), "start", Theme.Small, line)));
        foreach (var entry in Entries)
        {
            var line = $"M{Number(x)} {Number(y + 8)}h{Number(Sample)}";
            group.Add(entry.Style switch
            {
                "bp-forward" => Arrow.Forward(line),
                "bp-backward" => Arrow.Backward(line),
                _ => Rectangle(entry.Style, x, y + 2, Sample, 12, 4),
            });
            group.Add(Text("bp-muted", x + Sample + 6, y + 12, "start", Theme.Small, entry.Text));
            x += EntryWidth(entry);
        }

        return group;
    }

    private static double EntryWidth((string Style, string Text) entry) => Sample + 6 + TextMeasure.Width(entry.Text, Theme.Small) + 18;
}
