using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>What flows back along an edge: the local derivative, and below it its product with the gradient of the target.</summary>
internal sealed class EdgeLabel
{
    private const double Padding = 9;
    private const double Line = 16;
    private const double NameWidth = 44;
    private const double MostWidth = 210;

    private static readonly Font LocalFont = Theme.Small;
    private static readonly Font ContributionFont = new(11.5, Bold: true);

    private readonly string? _local;
    private readonly string? _contribution;

    /// <summary>Chooses and measures the texts of an edge.</summary>
    public EdgeLabel(Wiring wiring, int place)
    {
        var edge = wiring.Diagram.Edges[place];
        var (from, to) = (NameOf(wiring.Diagram.Nodes[wiring.From[place]]), NameOf(wiring.Diagram.Nodes[wiring.To[place]]));
        Tooltip = $"{from} → {to}, operand {edge.Operand + 1}";
        if (edge.Local is { } local)
        {
            Tooltip += $"\n∂{to}/∂{from} = {local}";
            _local = Shorten($"∂{Shorten(to, NameWidth, LocalFont)}/∂{Shorten(from, NameWidth, LocalFont)} = {local}", MostWidth, LocalFont);
        }

        if (edge.Contribution is { } contribution)
        {
            Tooltip += $"\n← {contribution}";
            _contribution = Shorten($"← {contribution}", MostWidth, ContributionFont);
        }

        if (IsEmpty)
        {
            return;
        }

        var width = Math.Max(TextMeasure.Width(_local ?? "", LocalFont), TextMeasure.Width(_contribution ?? "", ContributionFont));
        Size = new Size(width + (2 * Padding), 8 + (_local is null ? 0 : Line) + (_contribution is null ? 0 : Line));
    }

    /// <summary>The space that it takes; empty if nothing flows back.</summary>
    public Size Size { get; }

    /// <summary>Whether nothing flows back.</summary>
    public bool IsEmpty => _local is null && _contribution is null;

    /// <summary>The full text about the edge.</summary>
    public string Tooltip { get; }

    /// <summary>Draws it.</summary>
    /// <param name="x">The left side.</param>
    /// <param name="y">The top.</param>
    public XElement Draw(double x, double y)
    {
        var group = Group("bp-label", Title(Tooltip), Rectangle("bp-chip", x, y, Size.Width, Size.Height, 7));
        var middle = x + (Size.Width / 2);
        var line = y + 4;
        if (_local is not null)
        {
            group.Add(Text("bp-muted", middle, line + 12, "middle", LocalFont, _local));
        }

        if (_local is not null)
        {
            line += Line;
        }

        if (_contribution is not null)
        {
            group.Add(Text("bp-gradient", middle, line + 12, "middle", ContributionFont, _contribution));
        }

        return group;
    }
}
