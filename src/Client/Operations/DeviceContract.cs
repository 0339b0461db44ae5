namespace Backprop.Client;

/// <summary>A device on which requests are computed.</summary>
public sealed record DeviceContract
{
    /// <summary>What <c>device</c> of a request takes to choose it.</summary>
    public required DeviceChoice Kind { get; init; }

    /// <summary>Its name, as its maker gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Its memory, bytes; absent where it is not known.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Its processors: cores, or multiprocessors of a GPU; absent where it is not known.</summary>
    public int? Processors { get; init; }

    /// <summary>True where <c>auto</c> may choose it.</summary>
    public required bool Automatic { get; init; }
}

/// <summary>The devices of the server.</summary>
public sealed record DeviceList
{
    /// <summary>All devices, the host first.</summary>
    public required IReadOnlyList<DeviceContract> Items { get; init; }
}
