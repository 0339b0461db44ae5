using Backprop.Client.Values;

namespace Backprop.Client.Derivatives;

/// <summary>
/// The request body of <c>POST /diagrams</c>; the response is the diagram as text. With <c>inputs</c> it shows values and gradients.
/// </summary>
public sealed record DiagramRequest : DerivativeRequest
{
    /// <summary>The format: <c>svg</c>, <c>mermaid</c> or <c>dot</c>. Default: <c>svg</c>.</summary>
    public DiagramFormat? Format { get; init; }

    /// <summary>The arrangement: <c>leftToRight</c>, <c>topDown</c> or <c>compact</c>. Default: <c>leftToRight</c>.</summary>
    public DiagramLayout? Layout { get; init; }

    /// <summary>
    /// What to show gradients with respect to: float inputs, float constants, or <c>["*"]</c> for all of these. Default: every float input.
    /// </summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output to differentiate. Default: the only one; if there are several, no gradients are shown.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// The cotangent of the output, in its shape. Default: 1; if the output has several elements, no gradients are shown without it.
    /// </summary>
    public TensorValue? Seed { get; init; }
}

/// <summary>The arrangement of a diagram.</summary>
public enum DiagramLayout
{
    /// <summary>Values run from left to right.</summary>
    LeftToRight,

    /// <summary>Values run from top to bottom.</summary>
    TopDown,

    /// <summary>From top to bottom in small boxes, without labels on the edges: for large graphs.</summary>
    Compact,
}

/// <summary>The format of a diagram.</summary>
public enum DiagramFormat
{
    /// <summary>Scalable Vector Graphics.</summary>
    Svg,

    /// <summary>A Mermaid flow chart.</summary>
    Mermaid,

    /// <summary>Graphviz DOT.</summary>
    Dot,
}
