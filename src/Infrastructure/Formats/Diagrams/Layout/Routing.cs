using System.Text;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;

namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// Step 4 of a layered drawing: the curves. A line is level inside the columns and bends between them, so it never touches anything in a column.
/// </summary>
internal sealed class Routing
{
    private const double MostBetweenPorts = 26;

    private readonly LayeredLayout _layout;
    private readonly double[] _ports;

    private readonly Axes _axes;

    /// <summary>Spreads the ends of the edges over the left sides of their targets, in the order in which they arrive.</summary>
    public Routing(LayeredLayout layout, Axes axes)
    {
        (_layout, _axes) = (layout, axes);
        _ports = new double[layout.Graph.Paths.Length];
        foreach (var arriving in Enumerable.Range(0, _ports.Length).GroupBy(edge => layout.Graph.Paths[edge][^1]))
        {
            var edges = arriving.OrderBy(edge => layout.Graph.Paths[edge][^2].Order).ToArray();
            var distance = Math.Min(MostBetweenPorts, arriving.Key.Height / (edges.Length + 1));
            for (var i = 0; i < edges.Length; i++)
            {
                _ports[edges[i]] = (i - ((edges.Length - 1) / 2.0)) * distance;
            }
        }
    }

    /// <summary>The path of an edge from its source, or from the trunk that leads there, to its target, as SVG path data.</summary>
    public string Forward(int edge) => Curve(edge, vertex => vertex.ForwardOffset);

    /// <summary>The path of the gradient, below the forward one; also written from source to target.</summary>
    public string Backward(int edge) => Curve(edge, vertex => vertex.BackwardOffset);

    /// <summary>Where the forward path starts, in the picture.</summary>
    public (double X, double Y) Fork(int edge)
    {
        var start = _layout.Graph.Paths[edge][0];
        return _axes.Point(Start(start), start.Y + start.ForwardOffset);
    }

    /// <summary>A box's own right side, or the right side of the column for an edge that leaves a trunk.</summary>
    private double Start(Vertex vertex) => vertex.IsBox ? vertex.X + vertex.Width : _layout.Columns[vertex.Layer].Right;

    private string Curve(int edge, Func<Vertex, double> offset)
    {
        var path = _layout.Graph.Paths[edge];
        var (x, y) = (Start(path[0]), path[0].Y + offset(path[0]));
        var data = new StringBuilder($"M{Pair(x, y)}");
        for (var i = 1; i < path.Length; i++)
        {
            var vertex = path[i];
            var (next, nextY) = (_layout.Columns[vertex.Layer].Left, vertex.Y + offset(vertex));
            if (i == path.Length - 1)
            {
                nextY += _ports[edge];
            }

            if (Math.Abs(nextY - y) > 0.1)
            {
                x = _layout.Columns[vertex.Layer - 1].Right;
                var middle = (x + next) / 2;
                data.Append($"{_axes.Level}{Number(x)}C{Pair(middle, y)} {Pair(middle, nextY)} {Pair(next, nextY)}");
                y = nextY;
            }
        }

        return data.Append($"{_axes.Level}{Number(path[^1].X)}").ToString();
    }

    private string Pair(double x, double y)
    {
        var point = _axes.Point(x, y);
        return $"{Number(point.X)} {Number(point.Y)}";
    }
}
