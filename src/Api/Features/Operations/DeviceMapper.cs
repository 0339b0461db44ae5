using Backprop.Client.Derivatives;
using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>Maps devices to their names in requests and in the configuration.</summary>
internal static class DeviceMapper
{
    /// <summary>The kind that a request asks for; null for the fastest.</summary>
    public static DeviceKind? Kind(DeviceChoice? choice) => choice switch
    {
        DeviceChoice.Host => DeviceKind.Host,
        DeviceChoice.Cuda => DeviceKind.Cuda,
        DeviceChoice.Opencl => DeviceKind.OpenCl,
        DeviceChoice.IlgpuCpu => DeviceKind.IlgpuCpu,
        _ => null,
    };

    /// <summary>The name of a kind.</summary>
    public static DeviceChoice Choice(DeviceKind kind) => kind switch
    {
        DeviceKind.Cuda => DeviceChoice.Cuda,
        DeviceKind.OpenCl => DeviceChoice.Opencl,
        DeviceKind.IlgpuCpu => DeviceChoice.IlgpuCpu,
        _ => DeviceChoice.Host,
    };

    /// <summary>The kinds in a list separated by commas; null if a name is unknown.</summary>
    public static IReadOnlyList<DeviceKind>? Kinds(string words)
    {
        string[] parts = words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        DeviceKind?[] kinds = Array.ConvertAll(parts, part => Enum.TryParse(part, ignoreCase: true, out DeviceKind kind) && !char.IsDigit(part[0])
            ? (DeviceKind?)kind : null);
        return kinds.Contains(null) ? null : [.. kinds.OfType<DeviceKind>()];
    }
}
