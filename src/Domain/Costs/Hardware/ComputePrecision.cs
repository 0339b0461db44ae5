namespace Backprop.Domain.Costs.Hardware;

/// <summary>The precision in which matrix products are computed.</summary>
public enum ComputePrecision
{
    /// <summary>IEEE double.</summary>
    Fp64,

    /// <summary>IEEE single.</summary>
    Fp32,

    /// <summary>Single with a 10-bit fraction in matrix products; stored as single.</summary>
    Tf32,

    /// <summary>The upper half of single.</summary>
    Bf16,

    /// <summary>IEEE half.</summary>
    Fp16,

    /// <summary>8 bits in matrix products.</summary>
    Fp8,

    /// <summary>4 bits in matrix products.</summary>
    Fp4,
}

/// <summary>Storage and names of precisions.</summary>
public static class ComputePrecisions
{
    /// <summary>
    /// Bytes per stored number. Products in 8 and 4 bits read weights and activations in 16 bits: NVIDIA's Transformer Engine casts them on the fly.
    /// </summary>
    public static int StoredBytes(this ComputePrecision precision) => precision switch
    {
        ComputePrecision.Fp64 => 8,
        ComputePrecision.Fp32 or ComputePrecision.Tf32 => 4,
        _ => 2,
    };

    /// <summary>Whether a stored number is shorter than one in fp32.</summary>
    public static bool IsShort(this ComputePrecision precision) => precision.StoredBytes() < sizeof(float);

    /// <summary>Its name on the wire.</summary>
    public static string Text(this ComputePrecision precision) => precision switch
    {
        ComputePrecision.Fp64 => "fp64",
        ComputePrecision.Fp32 => "fp32",
        ComputePrecision.Tf32 => "tf32",
        ComputePrecision.Bf16 => "bf16",
        ComputePrecision.Fp16 => "fp16",
        ComputePrecision.Fp8 => "fp8",
        _ => "fp4",
    };
}
