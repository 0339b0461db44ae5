using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>What a device does with numbers of one type.</summary>
/// <param name="ProductFlops">FLOP/s of a matrix product of so many FLOPs: small ones are slower.</param>
/// <param name="Flops">FLOP/s of additions, multiplications and the like on elements.</param>
/// <param name="Elements">Elements a second of a primitive that is known to be slower than an addition (a function, a quotient, a pick); null for
/// all others.</param>
public sealed record ArithmeticRates(Func<double, double> ProductFlops, double Flops, Func<string, double?> Elements);

/// <summary>What a device does: one end of an interval, its ceilings or what is typical of it.</summary>
/// <param name="Single">In single precision, or the one that is reckoned with.</param>
/// <param name="Double">In double precision.</param>
/// <param name="BytesPerSecond">Bytes a second through the memory that holds so many: caches are faster.</param>
/// <param name="LaunchSeconds">The time of a step beside its work.</param>
/// <param name="RunSeconds">The time of a run beside its steps.</param>
/// <param name="WakeSeconds">What a step on many elements takes beside, where others have to be woken for it.</param>
/// <param name="FloatBytes">Bytes of a stored number by those of its declared type, where another precision is reckoned with than the graph
/// declares.</param>
public sealed record DeviceRates(
    ArithmeticRates Single, ArithmeticRates Double, Func<double, double> BytesPerSecond, double LaunchSeconds, double RunSeconds,
        double WakeSeconds = 0,
    double FloatBytes = 1)
{
    // What CUDA takes to start a kernel from a stream; NVIDIA, Getting Started with CUDA Graphs, 2019.
    private const double KernelLaunch = 5e-6;

    private const double LowUtilization = Roofline.LowUtilization;

    /// <summary>The rates of a described device at either end: its measured ceiling, or typical utilisation with a launch for each step.</summary>
    /// <param name="hardware">The device.</param>
    /// <param name="precision">The precision of products, one that it has.</param>
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
