using Backprop.Compute.Devices;

namespace Backprop.Compute.Tests.Devices;

/// <summary>A test on one kind of device; it is skipped with a message if there is none.</summary>
public sealed class DeviceTheoryAttribute : TheoryAttribute
{
    public DeviceTheoryAttribute(DeviceKind kind)
    {
        if (!TestDevices.Kinds.Contains(kind))
        {
            Skip = $"there is no {kind} device here";
        }
    }
}
