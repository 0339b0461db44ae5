using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Costs;

/// <summary>The device of a cost request: the id of a catalogued one, or a description.</summary>
[JsonConverter(typeof(HardwareChoiceConverter))]
public sealed record HardwareChoice
{
    /// <summary>The id of a catalogued device: <c>a100-sxm-80gb</c>. Null if the device is described.</summary>
    public string? Id { get; init; }

    /// <summary>A custom device. Null if one is named.</summary>
    public HardwareDescription? Described { get; init; }

    /// <summary>A catalogued device.</summary>
    public static implicit operator HardwareChoice(string id) => new() { Id = id };

    /// <summary>A custom device.</summary>
    public static implicit operator HardwareChoice(HardwareDescription described) => new() { Described = described };
}

/// <summary>
/// A custom device: its peaks, or the cores of a CPU, from which the peaks follow (fp32 TFLOP/s = cores · GHz · 0.032 with 256-bit vectors, · 0.064
/// with 512-bit ones, each with two fused multiply-adds per cycle; fp64 half of it).
/// </summary>
public sealed record HardwareDescription
{
    /// <summary>Its name in the answer. Default: "the described device".</summary>
    public string? Name { get; init; }

    /// <summary>Dense TFLOP/s by precision; vendors quote 2:4 sparsity, which is twice that.</summary>
    public IReadOnlyDictionary<Precision, double>? PeakTflops { get; init; }

    /// <summary>Memory, in GB of 1e9 bytes.</summary>
    public double? MemoryGb { get; init; }

    /// <summary>Memory bandwidth, TB/s.</summary>
    public double? BandwidthTbPerSecond { get; init; }

    /// <summary>Bandwidth of its link to other devices, GB/s per direction.</summary>
    public double? LinkGbPerSecond { get; init; }

    /// <summary>The fraction of the peak that large matrix products reach, above 0 and at most 1. Default: 1.</summary>
    public double? MatmulCeiling { get; init; }

    /// <summary>The cores of a CPU, instead of <c>peakTflops</c>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? Cores { get; init; }

    /// <summary>The clock of those cores under vector load, GHz.</summary>
    public double? Gigahertz { get; init; }

    /// <summary>The bits of their vectors, 256 or 512. Default: 256.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public long? VectorBits { get; init; }
}

/// <summary>The precision of matrix products.</summary>
public enum Precision
{
    /// <summary>IEEE double.</summary>
    Fp64,

    /// <summary>IEEE single.</summary>
    Fp32,

    /// <summary>Single with 10 bits of fraction in matrix products (tensor cores); stored as fp32.</summary>
    Tf32,

    /// <summary>The upper half of fp32 (bfloat16).</summary>
    Bf16,

    /// <summary>IEEE half.</summary>
    Fp16,

    /// <summary>8 bits in matrix products; weights and activations are stored in 16.</summary>
    Fp8,

    /// <summary>4 bits in matrix products; weights and activations are stored in 16.</summary>
    Fp4,
}
