using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>A node: name and operator in the first line, then value, shape and gradient if they are known.</summary>
internal sealed class NodeBox
{
    private const double Padding = 13;
    private const double NameLine = 34;
    private const double Line = 19;
    private const double GradientMargin = 11;
    private const double GradientLine = 18;
    private const double BadgePadding = 8;
    private const double BadgeHeight = 20;
    private const double OperatorWidth = 200;

    /// <summary>An operator that takes more shortens the name.</summary>
    private const double LeastOperatorWidth = 100;

    /// <summary>The space on the side where edges arrive that the end of one needs, and the number of ends that get it.</summary>
    private const double PortRoom = 22;
    private const int MostPorts = 60;

    private readonly DiagramNode _node;
    private readonly BoxStyle _style;
    private readonly string _name;
    private readonly string? _operator;
    private readonly IReadOnlyList<string> _value;
    private readonly string? _shape;
    private readonly IReadOnlyList<string> _gradient;
    private readonly string _tooltip;

    /// <summary>Chooses and measures the texts of a node.</summary>
    public NodeBox(Wiring wiring, int place, string? outputName, BoxStyle style, Axes axes)
    {
        _node = wiring.Diagram.Nodes[place];
        _style = style;
        var fullName = NameOf(_node);
        _operator = _node.Operator is { } op ? Shorten(OperatorSymbol.Of(op), Scaled(OperatorWidth), OperatorFont) : null;
        var roomForName = style.NameWidth + Scaled(LeastOperatorWidth) - (HasBadge ? BadgeWidth() : 0);
        _name = Shorten(fullName, Math.Min(style.NameWidth, roomForName), NameFont);
        _value = _node.Value is { } value ? Wrap(value, style.WidthFor(value), ValueFont) : [];
        _shape = _node.Shape is { } shape && (style.HasLabels || _node.Value is null) ? Shorten(shape, style.TextWidth, SmallFont) : null;
        var gradient = GradientText.Of(wiring, place);
        _gradient = gradient is null ? [] : Wrap(
            $"{GradientText.Symbol(Short(outputName), Short(fullName))} ={(gradient.Contains('\n') ? '\n' : ' ')}{gradient}",
            style.WidthFor(gradient),
            GradientFont);
        _tooltip = string.Join('\n', new[]
        {
            fullName,
            _node.Operator,
            _node.Shape,
            _node.Value,
            gradient is null ? null : $"{GradientText.Symbol(outputName, fullName)} = {gradient}",
        }.OfType<string>());
        var ports = PortRoom * style.Scale * Math.Min(wiring.Incoming[place].Count, MostPorts);
        Size = axes.Swapped
            ? new Size(Math.Max(MeasureWidth(), ports), MeasureHeight())
            : new Size(MeasureWidth(), Math.Max(MeasureHeight(), ports));

        [return: NotNullIfNotNull(nameof(name))]
        string? Short(string? name) => name is null ? null : Shorten(name, style.NameWidth / 2, GradientFont);
    }

    /// <summary>The space that it takes.</summary>
    public Size Size { get; }

    private Font NameFont => _style.Of(Theme.Name);

    private Font OperatorFont => _style.Of(Theme.Operator);

    private Font ValueFont => _style.Of(Theme.Value);

    private Font SmallFont => _style.Of(Theme.Small);

    private Font GradientFont => _style.Of(Theme.Gradient);

    private bool HasBadge => _operator is not null;

    /// <summary>Draws it.</summary>
    /// <param name="corner">The top left corner.</param>
    public XElement Draw((double X, double Y) corner)
    {
        var kind = $"bp-{_node.Kind.ToString().ToLowerInvariant()}{(_node.IsFinite ? "" : " bp-not-finite")}";
        var group = Group("bp-node", Title(_tooltip), Rectangle($"bp-box {kind}", corner.X, corner.Y, Size.Width, Size.Height, 10));
        if (HasBadge)
        {
            AddBadge(group, corner.X + Size.Width, corner.Y);
        }

        // If edges need a taller box than the texts, the texts are centred vertically.
        var top = corner.Y + ((Size.Height - MeasureHeight()) / 2);
        var left = corner.X + Scaled(Padding);
        group.Add(Text("bp-name", left, (HasBadge ? corner.Y : top) + Scaled(23), "start", NameFont, _name));
        var line = top + Scaled(NameLine);
        foreach (var value in _value)
        {
            group.Add(Text("bp-value", left, line + Scaled(12), "start", ValueFont, value));
            line += Scaled(Line);
        }

        if (_shape is not null)
        {
            group.Add(Text("bp-muted", left, line + Scaled(11), "start", SmallFont, _shape));
            line += Scaled(Line);
        }

        if (_gradient.Count > 0)
        {
            group.Add(Path("bp-rule", $"M{Number(corner.X)} {Number(line + Scaled(3))}H{Number(corner.X + Size.Width)}"));
            group.Add(_gradient.Select((text, i) =>
                Text("bp-gradient", left, line + Scaled(20.5 + (i * GradientLine)), "start", GradientFont, text)));
        }

        return group;
    }

    private void AddBadge(XElement group, double right, double top)
    {
        var (width, height) = (BadgeWidth(), Scaled(BadgeHeight));
        var margin = Scaled(9);
        group.Add(
            Rectangle("bp-badge", right - width - margin, top + Scaled(7), width, height, height / 2),
            Text("bp-operator", right - margin - (width / 2), top + Scaled(21.4), "middle", OperatorFont, _operator!));
    }

    private double Scaled(double length) => length * _style.Scale;

    private double BadgeWidth() => Math.Max(Scaled(28), TextMeasure.Width(_operator!, OperatorFont) + Scaled(2 * BadgePadding));

    private double MeasureWidth()
    {
        var firstLine = TextMeasure.Width(_name, NameFont) + (HasBadge ? BadgeWidth() + Scaled(8) : 0);
        var widest = _value.Select(line => TextMeasure.Width(line, ValueFont))
            .Concat(_gradient.Select(line => TextMeasure.Width(line, GradientFont)))
            .Append(TextMeasure.Width(_shape ?? "", SmallFont))
            .Max();
        return Math.Max(_style.LeastWidth, Math.Max(firstLine, widest) + Scaled(2 * Padding));
    }

    private double MeasureHeight() => Scaled(NameLine
        + (Line * _value.Count)
        + (_shape is null ? 0 : Line)
        + (_gradient.Count == 0 ? 0 : GradientMargin + (GradientLine * _gradient.Count)));
}
