namespace Backprop.Client.Costs;

/// <summary>How one figure of an answer comes about, so that it can be checked by hand.</summary>
public sealed record FigureOrigin
{
    /// <summary>The path of the figure in the answer: <c>flops.forward</c>.</summary>
    public required string Figure { get; init; }

    /// <summary>The formula, with its variables and the numbers put in: <c>6·N·D = 6 · 7e9 · 4096</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>What is counted how: FLOP or multiply-add, which attention, embedding or not, GB or GiB. Absent where there is no choice.</summary>
    public string? Convention { get; init; }

    /// <summary>Where the formula comes from.</summary>
    public required string Source { get; init; }
}

/// <summary>Figures of a request, or of the request and a device, that cannot all be true.</summary>
public sealed record Inconsistency
{
    /// <summary>The member of the request that does not fit: <c>forwardMs</c>.</summary>
    public required string Path { get; init; }

    /// <summary>By what factor it is off, above 1: what is needed by what is there.</summary>
    public required double Factor { get; init; }

    /// <summary>What does not fit, in words and numbers.</summary>
    public required string Message { get; init; }
}
