using Backprop.Client.Derivatives;

namespace Backprop.Client.Operations;

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

    /// <summary>False where it failed and is left out.</summary>
    public bool Usable { get; init; } = true;

    /// <summary>What it was measured to do, by which <c>auto</c> chooses; absent until that was done, and for what it never chooses.</summary>
    public DeviceFigures? Calibration { get; init; }
}

/// <summary>What a device was measured to do, in float32.</summary>
public sealed record DeviceFigures
{
    /// <summary>The milliseconds of a step, however small.</summary>
    public required double StepMs { get; init; }

    /// <summary>The milliseconds of a run beside its steps, however little goes up and down.</summary>
    public required double RunMs { get; init; }

    /// <summary>The bytes that go up or down in a second.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>The elements that an elementwise operation computes in a second.</summary>
    public required double ElementsPerSecond { get; init; }

    /// <summary>The floating-point operations of a matrix product in a second.</summary>
    public required double FlopsPerSecond { get; init; }
}

/// <summary>The devices of the server.</summary>
public sealed record DeviceList
{
    /// <summary>All devices, the host first.</summary>
    public required IReadOnlyList<DeviceContract> Items { get; init; }
}
