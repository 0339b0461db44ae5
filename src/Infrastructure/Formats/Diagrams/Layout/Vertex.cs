namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// Anything that occupies space in one column of a layered drawing: a node's box, an edge's label, or the passage of an edge. Lengths in pixels, y
/// downwards.
/// </summary>
internal sealed class Vertex(int layer, double width, double height)
{
    public int Layer { get; } = layer;

    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Whether it is a node's box; edges bend more readily at boxes than at passages.</summary>
    public bool IsBox { get; init; }

    /// <summary>Whether it is the label of an edge.</summary>
    public bool IsLabel { get; init; }

    /// <summary>Where the forward line runs through it, measured from its centre.</summary>
    public double ForwardOffset { get; init; }

    /// <summary>Where the backward line runs through it, measured from its centre.</summary>
    public double BackwardOffset { get; init; }

    /// <summary>The neighbours in the column to the left.</summary>
    public List<Vertex> Left { get; } = [];

    /// <summary>The neighbours in the column to the right.</summary>
    public List<Vertex> Right { get; } = [];

    /// <summary>The index in its column, from the top.</summary>
    public int Order { get; set; }

    /// <summary>The left side.</summary>
    public double X { get; set; }

    /// <summary>The centre.</summary>
    public double Y { get; set; }

    public double Top => Y - (Height / 2);

    public double Bottom => Y + (Height / 2);
}
