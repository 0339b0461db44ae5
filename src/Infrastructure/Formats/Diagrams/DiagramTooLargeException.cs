namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>A graph that is too large to draw.</summary>
/// <param name="what">What was counted: <c>nodes</c>, <c>edges</c> or <c>edge segments</c>.</param>
/// <param name="limit">The maximum number that can be drawn.</param>
/// <param name="actual">The actual number.</param>
public sealed class DiagramTooLargeException(string what, long limit, long actual)
    : Exception($"A diagram can show at most {limit} {what}; this graph has {actual}.")
{
    /// <summary>What was counted: <c>nodes</c>, <c>edges</c> or <c>edge segments</c> (one for each column that an edge crosses).</summary>
    public string What { get; } = what;

    /// <summary>The maximum number that can be drawn.</summary>
    public long Limit { get; } = limit;

    /// <summary>The actual number.</summary>
    public long Actual { get; } = actual;
}
