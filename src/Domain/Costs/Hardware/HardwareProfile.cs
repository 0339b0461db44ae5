namespace Backprop.Domain.Costs.Hardware;

/// <summary>A device, as far as the roofline goes.</summary>
/// <param name="Name">What it is called in answers.</param>
/// <param name="PeakFlops">Dense FLOP/s of matrix products by precision.</param>
/// <param name="MemoryBytes">Bytes of its memory.</param>
/// <param name="BytesPerSecond">Bandwidth of its memory.</param>
/// <param name="LinkBytesPerSecond">Bandwidth to other devices in one direction.</param>
/// <param name="MatmulCeiling">The share of the peak that large matrix products were measured to reach, by precision.</param>
public sealed record HardwareProfile(
    string Name,
    IReadOnlyDictionary<ComputePrecision, double> PeakFlops,
    double MemoryBytes,
    double BytesPerSecond,
    double LinkBytesPerSecond,
    IReadOnlyDictionary<ComputePrecision, double> MatmulCeiling)
{
    // A chip multiplies in a lower precision only where it has the units; one without them stores so and multiplies in the next higher.
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

    /// <summary>The precision that it multiplies in where this one is asked: the same, or the next that it has; null where it has none.</summary>
    public ComputePrecision? Multiplies(ComputePrecision asked)
    {
        if (PeakFlops.ContainsKey(asked))
            return asked;
        foreach (ComputePrecision other in Fallbacks[asked])
        {
            if (PeakFlops.ContainsKey(other))
                return other;
        }

        return null;
    }

    /// <summary>Dense FLOP/s in a precision that it has.</summary>
    public double Peak(ComputePrecision precision) => PeakFlops[precision];

    /// <summary>
    /// The measured share of the peak, that of bf16 for fp16, whose units are the same; 1 where none was measured, so that the bound still holds.
    /// </summary>
    public double Ceiling(ComputePrecision precision) =>
        MatmulCeiling.GetValueOrDefault(precision == ComputePrecision.Fp16 && !MatmulCeiling.ContainsKey(precision) ? ComputePrecision.Bf16
            : precision, 1);
}
