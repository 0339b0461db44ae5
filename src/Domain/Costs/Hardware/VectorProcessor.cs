namespace Backprop.Domain.Costs.Hardware;

/// <summary>The peaks of a processor with two fused multiply-add units per core, from its cores, clock and vectors.</summary>
public static class VectorProcessor
{
    private const int Units = 2;
    private const int FlopsPerMultiplyAdd = 2;
    private const int BitsOfSingle = 32;

    /// <summary>
    /// Peak FLOP/s: cores · clock · 2 units · 2 FLOPs · lanes; in TFLOP/s of fp32 that is cores · GHz · 0.032 with 256-bit vectors and · 0.064 with
    /// 512-bit ones.
    /// </summary>
    /// <param name="cores">Cores.</param>
    /// <param name="gigahertz">Their clock under vector load.</param>
    /// <param name="vectorBits">256 (AVX2) or 512 (AVX-512).</param>
    public static IReadOnlyDictionary<ComputePrecision, double> PeakFlops(double cores, double gigahertz, long vectorBits)
    {
        double single = cores * gigahertz * 1e9 * Units * FlopsPerMultiplyAdd * vectorBits / BitsOfSingle;
        return new Dictionary<ComputePrecision, double> { [ComputePrecision.Fp64] = single / 2, [ComputePrecision.Fp32] = single };
    }
}
