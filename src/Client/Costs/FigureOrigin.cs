namespace Backprop.Client.Costs;

/// <summary>How one figure of an answer is computed, so that it can be verified by hand.</summary>
public sealed record FigureOrigin
{
    /// <summary>The path of the figure in the answer: <c>flops.forward</c>.</summary>
    public required string Figure { get; init; }

    /// <summary>The formula, with its variables and their values: <c>6·N·D = 6 · 7e9 · 4096</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>The counting convention: FLOP or multiply-add, which attention, embedding or not, GB or GiB. Absent if there is no choice.</summary>
    public string? Convention { get; init; }

    /// <summary>The source of the formula.</summary>
    public required string Source { get; init; }
}

/// <summary>Figures of a request, or of the request and a device, that contradict each other.</summary>
public sealed record Inconsistency
{
    /// <summary>The member of the request that is inconsistent: <c>forwardMs</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The factor by which it is off, above 1: the ratio of the required to the available.</summary>
    public required double Factor { get; init; }

    /// <summary>The contradiction, in words and numbers.</summary>
    public required string Message { get; init; }
}
