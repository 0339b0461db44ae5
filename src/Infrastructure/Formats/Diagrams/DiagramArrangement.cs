namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>The arrangement of a diagram.</summary>
public enum DiagramArrangement
{
    /// <summary>Values run from left to right.</summary>
    LeftToRight,

    /// <summary>Values run from top to bottom.</summary>
    TopDown,

    /// <summary>From top to bottom in small boxes, without labels on the edges: for large graphs.</summary>
    Compact,
}
