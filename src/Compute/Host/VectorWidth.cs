using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host;

/// <summary>The width of this processor's vectors, which decides the last bits of results.</summary>
public static class VectorWidth
{
    /// <summary>In bits: 512, 256 or 128.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
