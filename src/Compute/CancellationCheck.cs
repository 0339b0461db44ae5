namespace Backprop.Compute;

/// <summary>Looks at a token once in about so many elements of work: a loop of short items need not look at it for each.</summary>
/// <param name="cancellation">The token.</param>
/// <param name="every">The elements between two looks.</param>
internal struct CancellationCheck(CancellationToken cancellation, int every = CancellationCheck.Elements)
{
    /// <summary>Some milliseconds of work that takes some nanoseconds an element.</summary>
    public const int Elements = 1 << 18;

    /// <summary>Some milliseconds of work on nodes of a graph, and on their operands.</summary>
    public const int Nodes = 1 << 12;

    private long left = every;

    /// <summary>Counts the work to be done next.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Before(long elements)
    {
        left -= elements;
        if (left <= 0)
        {
            left = every;
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
