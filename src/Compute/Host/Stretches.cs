namespace Backprop.Compute.Host;

/// <summary>Long copies on one thread that can be cancelled midway.</summary>
internal static class Stretches
{
    /// <summary>The elements between two checks of the token: about a millisecond of copying.</summary>
    public const int Length = 1 << 18;

    /// <summary>Copies elements; both spans are of equal length.</summary>
    public static void Copy<T>(ReadOnlySpan<T> from, Span<T> to, CancellationToken cancellationToken)
    {
        for (; from.Length > Length; from = from[Length..], to = to[Length..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            from[..Length].CopyTo(to);
        }

        from.CopyTo(to);
    }

    /// <summary>Writes one value everywhere.</summary>
    public static void Fill<T>(Span<T> to, T value, CancellationToken cancellationToken)
    {
        for (; to.Length > Length; to = to[Length..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            to[..Length].Fill(value);
        }

        to.Fill(value);
    }
}
