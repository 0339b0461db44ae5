namespace Backprop.Domain.Costs.Hardware;

/// <summary>A device as described for the roofline.</summary>
/// <param name="Name">Its name in answers.</param>
/// <param name="PeakFlops">Dense FLOP/s of matrix products by precision.</param>
/// <param name="MemoryBytes">Bytes of its memory.</param>
/// <param name="BytesPerSecond">Bandwidth of its memory.</param>
/// <param name="LinkBytesPerSecond">Bandwidth to other devices in one direction.</param>
/// <param name="MatmulCeiling">The measured share of the peak that large matrix products reach, by precision.</param>
public sealed record HardwareProfile(
    string Name,
    IReadOnlyDictionary<ComputePrecision, double> PeakFlops,
    double MemoryBytes,
    double BytesPerSecond,
    double LinkBytesPerSecond,
    IReadOnlyDictionary<ComputePrecision, double> MatmulCeiling)
{
    // A chip multiplies in a lower precision only if it has the units; otherwise it stores in the lower precision and multiplies in the next higher
    // one.
    private static readonly Dictionary<ComputePrecision, ComputePrecision[]> Fallbacks = new()
    {
        [ComputePrecision.Fp64] = [],
        [ComputePrecision.Fp32] = [],
        [ComputePrecision.Tf32] = [ComputePrecision.Fp32],
        [ComputePrecision.Bf16] = [ComputePrecision.Fp16, ComputePrecision.Fp32],
        [ComputePrecision.Fp16] = [ComputePrecision.Bf16, ComputePrecision.Fp32],
        [ComputePrecision.Fp8] = [ComputePrecision.Bf16, ComputePrecision.Fp16, ComputePrecision.Fp32],
        [ComputePrecision.Fp4] = [ComputePrecision.Fp8, ComputePrecision.Bf16, ComputePrecision.Fp16, ComputePrecision.Fp32],
    };

    /// <summary>
    /// The precision in which it multiplies if this one is requested: the same, or the next that it supports; null if there is none.
    /// </summary>
    public ComputePrecision? Multiplies(ComputePrecision asked)
    {
        if (PeakFlops.ContainsKey(asked))
        {
            return asked;
        }

        foreach (ComputePrecision other in Fallbacks[asked])
        {
            if (PeakFlops.ContainsKey(other))
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>Dense FLOP/s in a supported precision.</summary>
    public double Peak(ComputePrecision precision) => PeakFlops[precision];

    /// <summary>
    /// The measured share of the peak, for fp16 that of bf16, which uses the same units; 1 if none was measured, so that the bound still holds.
    /// </summary>
    public double Ceiling(ComputePrecision precision) =>
        MatmulCeiling.GetValueOrDefault(precision == ComputePrecision.Fp16 && !MatmulCeiling.ContainsKey(precision) ? ComputePrecision.Bf16
            : precision, 1);
}
