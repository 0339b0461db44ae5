using System.Collections.Frozen;
using Backprop.Compute.Devices.Kernels;

namespace Backprop.Compute.Devices;

/// <summary>How every primitive that is not elementwise is prepared; elementwise ones are emitted.</summary>
internal static class DeviceKernels
{
    /// <summary>By the name of the primitive.</summary>
    public static FrozenDictionary<string, Action<StepPreparation>> Table { get; } = new[]
    {
        Copies.Rows(),
        DeviceReductions.Rows(),
        DeviceSoftmaxes.Rows(),
        Extremes.Rows(),
        Sorting.Rows(),
        Scans.Rows(),
        Gathers.Rows(),
        Scatters.Rows(),
        Products.Rows(),
        DeviceConvolutions.Rows(),
        Windowings.Rows(),
    }.SelectMany(rows => rows).ToFrozenDictionary(row => row.Name, row => row.Prepare);
}
