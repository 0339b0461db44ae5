namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>A graph that has more parts than a picture is drawn of.</summary>
/// <param name="what">What was counted: <c>nodes</c>, <c>edges</c> or <c>edge segments</c>.</param>
/// <param name="limit">How many may be drawn.</param>
/// <param name="actual">How many were asked for.</param>
public sealed class DiagramTooLargeException(string what, long limit, long actual)
    : Exception($"A picture shows at most {limit} {what}; this graph has {actual}.")
{
    /// <summary>What was counted: <c>nodes</c>, <c>edges</c> or <c>edge segments</c> (an edge has one for each column that it crosses).</summary>
    public string What { get; } = what;

    /// <summary>How many may be drawn.</summary>
    public long Limit { get; } = limit;

    /// <summary>How many were asked for.</summary>
    public long Actual { get; } = actual;
}
