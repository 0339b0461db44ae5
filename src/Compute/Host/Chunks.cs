using Backprop.Compute.Host.Threading;

namespace Backprop.Compute.Host;

/// <summary>Splits long loops over the cores, always at the same positions, so that the result does not depend on the number of cores.</summary>
internal static class Chunks
{
    /// <summary>The elements of a chunk.</summary>
    public const int Length = 1 << 15;

    /// <summary>True if a loop over this many elements is worth splitting.</summary>
    public static bool Worthwhile(long elements) => elements >= 2 * Length;

    /// <summary>Calls <paramref name="body"/> with the start and length of every chunk of <paramref name="count"/> elements.</summary>
    public static void For(int count, CancellationToken cancellationToken, Action<int, int> body) =>
        For(count, cancellationToken, new RangeAction(body));

    /// <summary>The same without an allocation.</summary>
    public static void For<TBody>(int count, CancellationToken cancellationToken, in TBody body)
        where TBody : struct, IRangeWork => Each(Parts(count, Length), count, cancellationToken, new CutWork<TBody>(body, Length, count));

    /// <summary>Calls <paramref name="body"/> with runs of items, each of which takes as long as <paramref name="cost"/> elements.</summary>
    public static void ForItems(int items, long cost, CancellationToken cancellationToken, Action<int, int> body) =>
        ForItems(items, cost, cancellationToken, new RangeAction(body));

    /// <summary>The same without an allocation.</summary>
    public static void ForItems<TBody>(int items, long cost, CancellationToken cancellationToken, in TBody body)
        where TBody : struct, IRangeWork
    {
        int run = (int)Math.Clamp(Length / Math.Max(cost, 1), 1, Math.Max(items, 1));
        Each(Parts(items, run), items * (double)cost, cancellationToken, new CutWork<TBody>(body, run, items));
    }

    /// <summary>Calls <paramref name="body"/> for 0 ≤ item &lt; <paramref name="items"/>, in any order if the work is large.</summary>
    public static void Each(int items, double work, CancellationToken cancellationToken, Action<int> body) =>
        Each(items, work, cancellationToken, new ItemAction(body));

    /// <summary>The same without an allocation.</summary>
    public static void Each<TWork>(int items, double work, CancellationToken cancellationToken, in TWork body)
        where TWork : struct, IWork => ThreadTeam.Current.Run(body, items, work < 2 * Length ? 1 : ThreadTeam.Current.Size, cancellationToken);

    private static int Parts(int count, int length) => (int)(((long)count + length - 1) / length);

    private readonly struct RangeAction(Action<int, int> body) : IRangeWork
    {
        public void Do(int start, int count) => body(start, count);
    }

    private readonly struct ItemAction(Action<int> body) : IWork
    {
        public void Do(int item) => body(item);
    }

    private readonly struct CutWork<TBody>(TBody body, int length, int count) : IWork
        where TBody : struct, IRangeWork
    {
        public void Do(int item) => body.Do(item * length, Math.Min(length, count - (item * length)));
    }
}
