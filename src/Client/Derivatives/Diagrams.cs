namespace Backprop.Client.Derivatives;

/// <summary>
/// The request body of <c>POST /diagrams</c>; the response is the diagram as text. With <c>inputs</c> it shows values and gradients.
/// </summary>
public sealed record DiagramRequest : DerivativeRequest
{
    /// <summary>The format: <c>svg</c>, <c>mermaid</c> or <c>dot</c>. Default: <c>svg</c>.</summary>
    public DiagramFormat? Format { get; init; }
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
