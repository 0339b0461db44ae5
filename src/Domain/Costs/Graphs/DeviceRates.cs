using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>The rates of a device for numbers of one type.</summary>
/// <param name="ProductFlops">FLOP/s of a matrix product as a function of its FLOPs: small ones are slower.</param>
/// <param name="Flops">FLOP/s of additions, multiplications and the like on elements.</param>
/// <param name="Elements">Elements per second of a primitive that is known to be slower than an addition (a function, a quotient, a gather); null for
/// all others.</param>
public sealed record ArithmeticRates(Func<double, double> ProductFlops, double Flops, Func<string, double?> Elements);

/// <summary>The rates of a device at one end of an interval: its ceilings or typical rates.</summary>
/// <param name="Single">In single precision, or in the precision of the estimate.</param>
/// <param name="Double">In double precision.</param>
/// <param name="BytesPerSecond">Bytes per second as a function of their number: caches are faster.</param>
/// <param name="LaunchSeconds">The time of a step in addition to its work.</param>
/// <param name="RunSeconds">The time of a run in addition to its steps.</param>
/// <param name="WakeSeconds">The additional time of a step on many elements, if other cores have to be woken for it.</param>
/// <param name="FloatBytes">The ratio of the bytes of a stored number to those of its declared type, if the estimate uses another precision than the
/// graph declares.</param>
public sealed record DeviceRates(
    ArithmeticRates Single, ArithmeticRates Double, Func<double, double> BytesPerSecond, double LaunchSeconds, double RunSeconds,
        double WakeSeconds = 0,
    double FloatBytes = 1)
{
    // The time CUDA takes to start a kernel from a stream; NVIDIA, Getting Started with CUDA Graphs, 2019.
    private const double KernelLaunch = 5e-6;

    private const double LowUtilization = Roofline.LowUtilization;

    /// <summary>The rates of a described device at either end: its measured ceiling, or typical utilization with a launch per step.</summary>
    /// <param name="hardware">The device.</param>
    /// <param name="precision">The precision of products, one that the device supports.</param>
    /// <param name="declared">The type that the graph declares.</param>
    public static (DeviceRates Fastest, DeviceRates Typical) Of(HardwareProfile hardware, ComputePrecision precision, DType declared)
    {
        double peak = hardware.Peak(precision), ceiling = hardware.Ceiling(precision);
        double vector = precision == ComputePrecision.Fp64 ? peak : hardware.PeakFlops.GetValueOrDefault(ComputePrecision.Fp32, peak);
        double bytes = (double)precision.StoredBytes() / declared.Size();
        return (At(peak * ceiling, 0), At(peak * Math.Min(LowUtilization, ceiling), KernelLaunch));

        DeviceRates At(double product, double launch)
        {
            var rates = new ArithmeticRates(_ => product, vector, _ => null);
            return new DeviceRates(rates, rates, _ => hardware.BytesPerSecond, launch, 0, FloatBytes: bytes);
        }
    }
}
