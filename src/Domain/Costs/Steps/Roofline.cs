using Backprop.Domain.Costs.Hardware;

namespace Backprop.Domain.Costs.Steps;

/// <summary>The time of an operator: the longer of its arithmetic and its traffic (Williams et al. 2009).</summary>
/// <param name="hardware">The device.</param>
/// <param name="precision">The precision in which it multiplies, one that it supports.</param>
public sealed class Roofline(HardwareProfile hardware, ComputePrecision precision)
{
    /// <summary>The low end of the utilization that training of large models reaches; most reports lie between this and 0.5.</summary>
    public const double LowUtilization = 0.35;

    private readonly double _peak = hardware.Peak(precision);
    private readonly double _vectorPeak = hardware.PeakFlops.GetValueOrDefault(ComputePrecision.Fp32, hardware.Peak(precision));
    private readonly double _ceiling = hardware.Ceiling(precision);

    /// <summary>FLOP/s at the peak.</summary>
    public double Peak => _peak;

    /// <summary>The fastest and a typical time on one device.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="work">Its work on the device.</param>
    public Interval Seconds(OperatorWork op, Traffic work)
    {
        double memory = work.Bytes / hardware.BytesPerSecond;
        double fastest = Arithmetic(op, work);
        double typical = op.IsMatmul ? work.Flops / (_peak * Math.Min(LowUtilization, _ceiling)) : fastest;
        return new Interval(Math.Max(fastest, memory), Math.Max(typical, memory));
    }

    /// <summary>Whether arithmetic takes longer than traffic at the ceiling.</summary>
    public bool IsComputeBound(OperatorWork op, Traffic work) => Arithmetic(op, work) >= work.Bytes / hardware.BytesPerSecond;

    // Everything but matrix products runs on vector units, in fp32 if the device supports it.
    private double Arithmetic(OperatorWork op, Traffic work) => work.Flops / (op.IsMatmul ? _peak * _ceiling : _vectorPeak);
}
