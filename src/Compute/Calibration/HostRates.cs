using Backprop.Compute.Compilation;
using Backprop.Domain.Costs.Graphs;

namespace Backprop.Compute.Calibration;

/// <summary>The measured rates of the host.</summary>
/// <param name="Single">In single precision.</param>
/// <param name="Double">In double precision.</param>
/// <param name="Bytes">Bytes that a step reads and writes per second, by their number: for the caches, and for main memory.</param>
/// <param name="LaunchSeconds">The time of a step on a handful of numbers.</param>
/// <param name="RunSeconds">The time of a run with one such step.</param>
/// <param name="WakeSeconds">The time of the smallest step that all cores share.</param>
/// <param name="Scalar">Rates of scalar programs.</param>
public sealed record HostRates(
    HostArithmetic Single,
    HostArithmetic Double,
    RateCurve Bytes,
    double LaunchSeconds,
    double RunSeconds,
    double WakeSeconds,
    HostScalar Scalar)
{
    // A single measurement is not the best possible: another second gives about a tenth more or less.
    private const double Headroom = 1.15;

    // Thin products, threads that wait for one another, and memory that was not touched recently or is only written (and read first for that) take
    // this many times as long as the measured loops.
    private const double ProductSlack = 2;
    private const double ElementSlack = 3;
    private const double MemorySlack = 3;
    private const double LaunchSlack = 2.5;

    // No product is faster than a square one with twice the side.
    private const double LargerSquare = 8;

    /// <summary>Both ends for a plan.</summary>
    public (DeviceRates Fastest, DeviceRates Typical) Of(Plan plan) => plan.Program is null ? (Fastest, Typical) : (Scalar.Fastest, Scalar.Typical);

    /// <summary>The ceilings: the best measurement, with some headroom.</summary>
    private DeviceRates Fastest => new(
        Single.Fastest(Headroom, LargerSquare), Double.Fastest(Headroom, LargerSquare), bytes => Bytes.At(bytes) * Headroom, LaunchSeconds / Headroom,
            RunSeconds / Headroom);

    /// <summary>Typical rates of graphs.</summary>
    private DeviceRates Typical => new(
        Single.Typical(ProductSlack, ElementSlack), Double.Typical(ProductSlack, ElementSlack), bytes => Bytes.At(bytes) / MemorySlack,
            LaunchSeconds * LaunchSlack, RunSeconds * LaunchSlack, WakeSeconds * 2);
}

/// <summary>The measured rates of the host for numbers of one type.</summary>
/// <param name="Products">FLOP/s of square matrix products by their FLOPs.</param>
/// <param name="Flops">FLOP/s on elements in a fused loop.</param>
/// <param name="Functions">Functions, quotients and roots per second there, by primitive.</param>
/// <param name="Picks">Elements that gathers and scatters move per second.</param>
public sealed record HostArithmetic(RateCurve Products, double Flops, IReadOnlyDictionary<string, double> Functions, double Picks)
{
    /// <summary>The ceilings. In a loop a gather or scatter is free.</summary>
    /// <param name="headroom">The factor by which they exceed what was measured.</param>
    /// <param name="larger">How many times the FLOPs of a product are those of a square product that is at least as fast.</param>
    internal ArithmeticRates Fastest(double headroom, double larger) => new(
        flops => Products.At(flops * larger) * headroom, Flops * headroom, name => Functions.TryGetValue(name, out double rate) ? rate * headroom
            : null);

    /// <summary>The typical rates.</summary>
    /// <param name="productSlack">The factor by which products are slower than square ones.</param>
    /// <param name="elementSlack">The factor by which loops are slower than the measured ones.</param>
    internal ArithmeticRates Typical(double productSlack, double elementSlack) => new(
        flops => Products.At(flops) / productSlack,
        Flops / elementSlack,
        name => Functions.TryGetValue(name, out double rate) ? rate / elementSlack
            : name is "GatherElements" or "GatherND" or "ScatterElements" or "ScatterND" ? Picks / elementSlack
            : null);
}

/// <summary>The measured rates of the host for scalar programs.</summary>
/// <param name="RunSeconds">The time of a program of few instructions.</param>
/// <param name="ChainSeconds">The time of an instruction that waits for the previous one.</param>
/// <param name="FreeSeconds">The time of one that does not.</param>
/// <param name="ChainFunctionSeconds">The time of a transcendental one that waits.</param>
/// <param name="FreeFunctionSeconds">The time of one that does not.</param>
public sealed record HostScalar(double RunSeconds, double ChainSeconds, double FreeSeconds, double ChainFunctionSeconds, double FreeFunctionSeconds)
{
    private const double RunSlack = 2.5;
    private const double Headroom = 1.15;

    /// <summary>No instruction waits.</summary>
    internal DeviceRates Fastest => At(
        Math.Min(FreeSeconds, ChainSeconds) / Headroom, Math.Min(FreeFunctionSeconds, ChainFunctionSeconds) / Headroom, RunSeconds / Headroom);

    /// <summary>All of them wait.</summary>
    internal DeviceRates Typical =>
        At(Math.Max(FreeSeconds, ChainSeconds), Math.Max(FreeFunctionSeconds, ChainFunctionSeconds), RunSeconds * RunSlack);

    private static DeviceRates At(double instruction, double function, double run)
    {
        var rates = new ArithmeticRates(_ => 1 / instruction, 1 / instruction, name => HostCalibration.Functions.ContainsKey(name)
            && name is not ("Div" or "Sqrt") ? 1 / function : null);
        return new DeviceRates(rates, rates, _ => double.PositiveInfinity, 0, run);
    }
}
