using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>What flows back along an edge: the local derivative or the rule, and below it the contribution to the operand.</summary>
internal sealed class EdgeLabel
{
    private const double Padding = 9;
    private const double Line = 16;
    private const double NameWidth = 90;
    private const double MostWidth = 230;
    private const double MatrixWidth = 360;

    private static readonly Font LocalFont = Theme.Small;
    private static readonly Font ContributionFont = new(11.5, Bold: true);

    private readonly IReadOnlyList<string> _rule = [];
    private readonly IReadOnlyList<string> _contribution = [];

    /// <summary>Chooses and measures the texts of an edge.</summary>
    /// <param name="wiring">The graph.</param>
    /// <param name="place">The index of the edge.</param>
    /// <param name="isShown">False if the texts are only in the tooltip.</param>
    public EdgeLabel(Wiring wiring, int place, bool isShown)
    {
        var edge = wiring.Diagram.Edges[place];
        var (from, to) = (NameOf(wiring.Diagram.Nodes[wiring.From[place]]), NameOf(wiring.Diagram.Nodes[wiring.To[place]]));
        HasGradient = edge.Rule is not null || edge.Local is not null || edge.Contribution is not null;
        Tooltip = string.Join('\n', new[]
        {
            $"{from} → {to}, operand {edge.Operand + 1}",
            edge.Local is null ? null : $"{GradientText.Symbol(to, from)} = {edge.Local}",
            edge.Rule,
            edge.Contribution is null ? null : $"← {edge.Contribution}",
        }.OfType<string>());
        if (!isShown || !HasGradient)
        {
            return;
        }

        var rule = edge.Rule ?? (edge.Local is { } local
            ? $"{GradientText.Symbol(Shorten(to, NameWidth, LocalFont), Shorten(from, NameWidth, LocalFont))} = {local}"
            : null);
        _rule = rule is null ? [] : Wrap(rule, WidthFor(rule), LocalFont);
        _contribution = edge.Contribution is { } contribution ? Wrap($"← {contribution}", WidthFor(contribution), ContributionFont) : [];
        var width = _rule.Select(line => TextMeasure.Width(line, LocalFont))
            .Concat(_contribution.Select(line => TextMeasure.Width(line, ContributionFont))).Max();
        Size = new Size(width + (2 * Padding), 8 + (Line * (_rule.Count + _contribution.Count)));
    }

    /// <summary>The space that it takes; empty if nothing is shown.</summary>
    public Size Size { get; }

    /// <summary>Whether a gradient flows back.</summary>
    public bool HasGradient { get; }

    /// <summary>Whether nothing is shown.</summary>
    public bool IsEmpty => _rule.Count + _contribution.Count == 0;

    /// <summary>The full text about the edge.</summary>
    public string Tooltip { get; }

    /// <summary>The rows of a matrix are kept on one line if possible.</summary>
    private static double WidthFor(string text) => text.Contains('\n') ? MatrixWidth : MostWidth;

    /// <summary>Draws it.</summary>
    /// <param name="corner">The top left corner.</param>
    public XElement Draw((double X, double Y) corner)
    {
        var group = Group("bp-label", Title(Tooltip), Rectangle("bp-chip", corner.X, corner.Y, Size.Width, Size.Height, 7));
        var middle = corner.X + (Size.Width / 2);
        var baseline = corner.Y + Line;
        foreach (var line in _rule)
        {
            group.Add(Text("bp-muted", middle, baseline, "middle", LocalFont, line));
            baseline += Line;
        }

        foreach (var line in _contribution)
        {
            group.Add(Text("bp-gradient", middle, baseline, "middle", ContributionFont, line));
            baseline += Line;
        }

        return group;
    }
}
