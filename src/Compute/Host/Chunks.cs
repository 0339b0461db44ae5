using System.Runtime.ExceptionServices;

namespace Backprop.Compute.Host;

/// <summary>Splits long loops over the cores, always at the same places, so that the result does not depend on their number.</summary>
internal static class Chunks
{
    /// <summary>The elements of a chunk.</summary>
    public const int Length = 1 << 15;

    /// <summary>True where a loop over so many elements is worth splitting.</summary>
    public static bool Worthwhile(long elements) => elements >= 2 * Length;

    /// <summary>Calls <paramref name="body"/> with the start and length of every chunk of <paramref name="count"/> elements.</summary>
    public static void For(int count, CancellationToken cancellation, Action<int, int> body)
    {
        int chunks = (int)(((long)count + Length - 1) / Length);
        Each(chunks, count, cancellation, chunk => body(chunk * Length, Math.Min(Length, count - (chunk * Length))));
    }

    /// <summary>Calls <paramref name="body"/> with runs of items, where an item takes <paramref name="cost"/> elements' time.</summary>
    public static void ForItems(int items, long cost, CancellationToken cancellation, Action<int, int> body)
    {
        int run = (int)Math.Clamp(Length / Math.Max(cost, 1), 1, Math.Max(items, 1));
        int chunks = (int)(((long)items + run - 1) / run);
        Each(chunks, items * (double)cost, cancellation, chunk => body(chunk * run, Math.Min(run, items - (chunk * run))));
    }

    /// <summary>Calls <paramref name="body"/> for 0 ≤ item &lt; <paramref name="items"/>, in any order where the work is large.</summary>
    public static void Each(int items, double work, CancellationToken cancellation, Action<int> body)
    {
        if (items <= 1 || work < 2 * Length)
        {
            for (int item = 0; item < items; item++)
            {
                cancellation.ThrowIfCancellationRequested();
                body(item);
            }

            return;
        }

        try
        {
            Parallel.For(0, items, new ParallelOptions { CancellationToken = cancellation }, body);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
