namespace Backprop.Compute.Devices;

/// <summary>The part of a launch for which a kernel is started.</summary>
/// <param name="first">The first item; a thread's own index counts from it.</param>
/// <param name="round">The round.</param>
internal readonly struct Items(int first, int round)
{
    /// <summary>The first item.</summary>
    public readonly int First = first;

    /// <summary>The round.</summary>
    public readonly int Round = round;
}

/// <summary>The size of a launch.</summary>
/// <param name="Count">The items: elements, or groups of threads.</param>
/// <param name="Cost">Approximately how many operations an item takes per round.</param>
/// <param name="Rounds">How often all items are processed: long items are divided among rounds.</param>
internal readonly record struct LaunchSize(long Count, double Cost = 1, int Rounds = 1)
{
    /// <summary>Items of about one operation each.</summary>
    public static implicit operator LaunchSize(long count) => new(count);

    /// <summary>The number of rounds for <paramref name="terms"/> terms, <paramref name="atATime"/> at a time.</summary>
    public static int RoundsOf(int terms, int atATime) => Math.Max(((terms - 1) / atATime) + 1, 1);
}

/// <summary>Starts a kernel for some items of a round.</summary>
internal delegate void Start(DeviceRun run, Items items, int count);

/// <summary>
/// A kernel that is started part by part, so that a device is never busy for long. Items of a round are independent, and rounds run one after
/// another: the parts do not affect the result.
/// </summary>
internal sealed class Launch(LaunchSize size, Start start)
{
    /// <summary>The items.</summary>
    public int Count { get; } = checked((int)size.Count);

    /// <summary>Approximately how many operations an item takes.</summary>
    public double Cost { get; } = Math.Max(size.Cost, 1);

    /// <summary>The rounds.</summary>
    public int Rounds { get; } = size.Rounds;

    /// <summary>The approximate seconds per item, as measured; 0 before. Used by one run at a time.</summary>
    public double SecondsOfItem { get; set; }

    /// <summary>Starts it for some items.</summary>
    public void Start(DeviceRun run, Items items, int count) => start(run, items, count);
}
