namespace Backprop.Client.Derivatives;

/// <summary>What <c>POST /diagrams</c> takes; the answer is the picture as text. With <c>inputs</c> it shows values and gradients.</summary>
public sealed record DiagramRequest : DerivativeRequest
{
    /// <summary>The language of the picture: <c>svg</c>, <c>mermaid</c> or <c>dot</c>. Default: <c>svg</c>.</summary>
    public DiagramFormat? Format { get; init; }
}

/// <summary>A language for pictures.</summary>
public enum DiagramFormat
{
    /// <summary>Scalable Vector Graphics.</summary>
    Svg,

    /// <summary>A Mermaid flow chart.</summary>
    Mermaid,

    /// <summary>Graphviz DOT.</summary>
    Dot,
}
