namespace Backprop.Compute.Devices;

/// <summary>The part of a launch that a kernel is started for.</summary>
/// <param name="first">The first item; a thread's own index counts from it.</param>
/// <param name="round">The round.</param>
internal readonly struct Items(int first, int round)
{
    /// <summary>The first item.</summary>
    public readonly int First = first;

    /// <summary>The round.</summary>
    public readonly int Round = round;
}

/// <summary>How large a launch is.</summary>
/// <param name="Count">The items: elements, or groups of threads.</param>
/// <param name="Cost">About the operations that an item takes in a round.</param>
/// <param name="Rounds">How often all items are gone through: what an item takes long for is divided among rounds.</param>
internal readonly record struct LaunchSize(long Count, double Cost = 1, int Rounds = 1)
{
    /// <summary>Items of about an operation each.</summary>
    public static implicit operator LaunchSize(long count) => new(count);

    /// <summary>The rounds in which so many terms are gone through, so many at a time.</summary>
    public static int RoundsOf(int terms, int atATime) => Math.Max(((terms - 1) / atATime) + 1, 1);
}

/// <summary>Starts a kernel for some items of a round.</summary>
internal delegate void Start(DeviceRun run, Items items, int count);

/// <summary>
/// A kernel that is started part by part, so that a device is never given work for long. Items of a round do not depend on one another, and
/// rounds run one after the other: the parts do not show in the result.
/// </summary>
internal sealed class Launch(LaunchSize size, Start start)
{
    /// <summary>The items.</summary>
    public int Count { get; } = checked((int)size.Count);

    /// <summary>About the operations of an item.</summary>
    public double Cost { get; } = Math.Max(size.Cost, 1);

    /// <summary>The rounds.</summary>
    public int Rounds { get; } = size.Rounds;

    /// <summary>About the seconds of an item, as it was measured; 0 before. Used by one run at a time.</summary>
    public double SecondsOfItem { get; set; }

    /// <summary>Starts it for some items.</summary>
    public void Start(DeviceRun run, Items items, int count) => start(run, items, count);
}
