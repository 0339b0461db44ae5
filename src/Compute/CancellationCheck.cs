namespace Backprop.Compute;

/// <summary>Checks a token once per interval of work, so that loops over short items need not check it for each item.</summary>
/// <param name="cancellationToken">The token.</param>
/// <param name="every">The elements of work between two checks.</param>
internal struct CancellationCheck(CancellationToken cancellationToken, int every = CancellationCheck.Elements)
{
    /// <summary>Some milliseconds of work at some nanoseconds per element.</summary>
    public const int Elements = 1 << 18;

    /// <summary>Some milliseconds of work on nodes of a graph, and on their operands.</summary>
    public const int Nodes = 1 << 12;

    private long left = every;

    /// <summary>Counts the work that is done next.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Before(long elements)
    {
        left -= elements;
        if (left <= 0)
        {
            left = every;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
