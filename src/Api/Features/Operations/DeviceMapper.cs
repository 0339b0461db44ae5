using Backprop.Client.Derivatives;
using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>The words for devices in requests and in the configuration.</summary>
internal static class DeviceMapper
{
    /// <summary>What a request asks for; null for the fastest.</summary>
    public static DeviceKind? Kind(DeviceChoice? choice) => choice switch
    {
        DeviceChoice.Host => DeviceKind.Host,
        DeviceChoice.Cuda => DeviceKind.Cuda,
        DeviceChoice.Opencl => DeviceKind.OpenCl,
        DeviceChoice.IlgpuCpu => DeviceKind.IlgpuCpu,
        _ => null,
    };

    /// <summary>The word for a kind.</summary>
    public static DeviceChoice Choice(DeviceKind kind) => kind switch
    {
        DeviceKind.Cuda => DeviceChoice.Cuda,
        DeviceKind.OpenCl => DeviceChoice.Opencl,
        DeviceKind.IlgpuCpu => DeviceChoice.IlgpuCpu,
        _ => DeviceChoice.Host,
    };

    /// <summary>A list of kinds, separated by commas; null where a word is none.</summary>
    public static IReadOnlyList<DeviceKind>? Kinds(string words)
    {
        string[] parts = words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        DeviceKind?[] kinds = Array.ConvertAll(parts, part => Enum.TryParse(part, ignoreCase: true, out DeviceKind kind) && !char.IsDigit(part[0])
            ? (DeviceKind?)kind : null);
        return kinds.Contains(null) ? null : [.. kinds.OfType<DeviceKind>()];
    }
}
