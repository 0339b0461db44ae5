using Backprop.Client.Derivatives;

namespace Backprop.Client.Operations;

/// <summary>A device that computes requests.</summary>
public sealed record DeviceContract
{
    /// <summary>The value of <c>device</c> in a request that chooses it.</summary>
    public required DeviceChoice Kind { get; init; }

    /// <summary>Its vendor's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>Its memory, bytes; absent if unknown.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Its processors: cores, or multiprocessors of a GPU; absent if unknown.</summary>
    public int? Processors { get; init; }

    /// <summary>True if <c>auto</c> may choose it.</summary>
    public required bool Automatic { get; init; }

    /// <summary>False if it failed and is not used.</summary>
    public bool Usable { get; init; } = true;

    /// <summary>Its measured rates, by which <c>auto</c> chooses; absent until measured, and for devices that it never chooses.</summary>
    public DeviceFigures? Calibration { get; init; }
}

/// <summary>The measured rates of a device, in float32.</summary>
public sealed record DeviceFigures
{
    /// <summary>The minimum milliseconds of a step.</summary>
    public required double StepMs { get; init; }

    /// <summary>The minimum milliseconds of a run, excluding its steps.</summary>
    public required double RunMs { get; init; }

    /// <summary>Bytes transferred per second, in either direction.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>Elements per second of an elementwise operation.</summary>
    public required double ElementsPerSecond { get; init; }

    /// <summary>Floating-point operations per second of a matrix product.</summary>
    public required double FlopsPerSecond { get; init; }
}

/// <summary>The devices of the server.</summary>
public sealed record DeviceList
{
    /// <summary>All devices, the host first.</summary>
    public required IReadOnlyList<DeviceContract> Items { get; init; }
}
