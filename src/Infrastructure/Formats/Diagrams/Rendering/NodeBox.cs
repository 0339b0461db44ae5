using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>A node: name and operator in the first line, then value, shape and gradient if they are known.</summary>
internal sealed class NodeBox
{
    private const double Padding = 13;
    private const double LeastWidth = 84;
    private const double NameLine = 34;
    private const double Line = 19;
    private const double GradientLine = 29;
    private const double BadgePadding = 8;
    private const double BadgeHeight = 20;

    /// <summary>The space on the left side that the end of one edge needs, and the number of ends that get it.</summary>
    private const double PortRoom = 22;
    private const int MostPorts = 60;

    private readonly DiagramNode _node;
    private readonly string _name;
    private readonly string? _operator;
    private readonly string? _value;
    private readonly string? _shape;
    private readonly string? _gradient;
    private readonly string _tooltip;

    /// <summary>Chooses and measures the texts of a node.</summary>
    public NodeBox(Wiring wiring, int place, string? outputName)
    {
        _node = wiring.Diagram.Nodes[place];
        var fullName = NameOf(_node);
        _name = Shorten(fullName, 180, Theme.Name);
        _operator = _node.Operator is { } op ? Shorten(OperatorSymbol.Of(op), 200, Theme.Operator) : null;
        _value = _node.Value is { } value ? Shorten(value, 220, Theme.Value) : null;
        _shape = _node.Shape is { } shape ? Shorten(shape, 220, Theme.Small) : null;
        var gradient = GradientText.Of(wiring, place);
        var output = outputName is null ? null : Shorten(outputName, 60, Theme.Gradient);
        _gradient = gradient is null
            ? null
            : Shorten($"{GradientText.Symbol(output, Shorten(fullName, 60, Theme.Gradient))} = {gradient}", 300, Theme.Gradient);
        _tooltip = string.Join('\n', new[]
        {
            fullName,
            _node.Operator,
            _node.Shape,
            _node.Value,
            gradient is null ? null : $"{GradientText.Symbol(outputName, fullName)} = {gradient}",
        }.OfType<string>());
        Size = new Size(MeasureWidth(), Math.Max(MeasureHeight(), PortRoom * Math.Min(wiring.Incoming[place].Count, MostPorts)));
    }

    /// <summary>The space that it takes.</summary>
    public Size Size { get; }

    /// <summary>Draws it.</summary>
    /// <param name="x">The left side.</param>
    /// <param name="y">The top.</param>
    public XElement Draw(double x, double y)
    {
        var kind = $"bp-{_node.Kind.ToString().ToLowerInvariant()}";
        var group = Group("bp-node", Title(_tooltip), Rectangle($"bp-box {kind}", x, y, Size.Width, Size.Height, 10));
        var right = x + Size.Width;
        if (_operator is not null)
        {
            var badge = BadgeWidth();
            group.Add(
                Rectangle("bp-badge", right - badge - 9, y + 7, badge, BadgeHeight, BadgeHeight / 2),
                Text("bp-operator", right - 9 - (badge / 2), y + 21.4, "middle", Theme.Operator, _operator));
        }

        // If edges need a taller box than the texts, the texts are centred vertically.
        var line = y + ((Size.Height - MeasureHeight()) / 2);
        group.Add(Text("bp-name", x + Padding, (_operator is null ? line : y) + 23, "start", Theme.Name, _name));
        line += NameLine;
        if (_value is not null)
        {
            group.Add(Text("bp-value", x + Padding, line + 12, "start", Theme.Value, _value));
        }

        if (_value is not null)
        {
            line += Line;
        }

        if (_shape is not null)
        {
            group.Add(Text("bp-muted", x + Padding, line + 11, "start", Theme.Small, _shape));
        }

        if (_shape is not null)
        {
            line += Line;
        }

        if (_gradient is not null)
        {
            group.Add(
                Path("bp-rule", $"M{Number(x)} {Number(line + 3)}H{Number(right)}"),
                Text("bp-gradient", x + Padding, line + 20.5, "start", Theme.Gradient, _gradient));
        }

        return group;
    }

    private double BadgeWidth() => Math.Max(28, TextMeasure.Width(_operator!, Theme.Operator) + (2 * BadgePadding));

    private double MeasureWidth()
    {
        var firstLine = TextMeasure.Width(_name, Theme.Name) + (_operator is null ? 0 : BadgeWidth() + 8);
        var widest = new[] { (_value, Theme.Value), (_shape, Theme.Small), (_gradient, Theme.Gradient) }
            .Max(line => line.Item1 is null ? 0 : TextMeasure.Width(line.Item1, line.Item2));
        return Math.Max(LeastWidth, Math.Max(firstLine, widest) + (2 * Padding));
    }

    private double MeasureHeight() => NameLine
        + (_value is null ? 0 : Line)
        + (_shape is null ? 0 : Line)
        + (_gradient is null ? 0 : GradientLine);
}
