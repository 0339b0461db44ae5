using Backprop.Compute.Compilation;
using Backprop.Domain.Costs;

namespace Backprop.Compute.Costs;

/// <summary>What the host was measured to do.</summary>
/// <param name="Single">In single precision.</param>
/// <param name="Double">In double precision.</param>
/// <param name="Bytes">Bytes that a step reads and writes a second, by how many they are: those of caches, and of the memory behind them.</param>
/// <param name="LaunchSeconds">The time of a step on a handful of numbers.</param>
/// <param name="RunSeconds">The time of a run with one such step.</param>
/// <param name="Scalar">Of programs for graphs of numbers.</param>
public sealed record HostRates(
    HostArithmetic Single,
    HostArithmetic Double,
    RateCurve Bytes,
    double LaunchSeconds,
    double RunSeconds,
    HostScalar Scalar)
{
    // What was measured once is not the best there is: another second gives about a tenth more or less.
    private const double Headroom = 1.15;

    // Thin products, threads that wait for one another, memory that was not touched lately or is only written (and read first for that): so much longer than in
    // the loops that were measured.
    private const double ProductSlack = 2;
    private const double ElementSlack = 2;
    private const double MemorySlack = 2.5;
    private const double LaunchSlack = 2.5;

    // No product is faster than a square one with twice the side.
    private const double LargerSquare = 8;

    /// <summary>Both ends for a plan.</summary>
    public (DeviceRates Fastest, DeviceRates Typical) Of(Plan plan) => plan.Program is null ? (Fastest, Typical) : (Scalar.Fastest, Scalar.Typical);

    /// <summary>The ceilings: what was measured at best, and some headroom.</summary>
    private DeviceRates Fastest => new(
        Single.At(1 / Headroom, 1 / Headroom, LargerSquare), Double.At(1 / Headroom, 1 / Headroom, LargerSquare), bytes => Bytes.At(bytes) * Headroom, LaunchSeconds / Headroom, RunSeconds / Headroom);

    /// <summary>What is typical of graphs.</summary>
    private DeviceRates Typical => new(
        Single.At(ProductSlack, ElementSlack), Double.At(ProductSlack, ElementSlack), bytes => Bytes.At(bytes) / MemorySlack, LaunchSeconds * LaunchSlack, RunSeconds * LaunchSlack);
}

/// <summary>What the host was measured to do with numbers of one type.</summary>
/// <param name="Products">FLOP/s of square matrix products by their FLOPs.</param>
/// <param name="Flops">FLOP/s on elements in a fused loop.</param>
/// <param name="Exponentials">Exponentials a second there.</param>
/// <param name="Transcendentals">Hyperbolic tangents a second there, which stand for all other functions.</param>
public sealed record HostArithmetic(RateCurve Products, double Flops, double Exponentials, double Transcendentals)
{
    /// <summary>The rates divided by some slack.</summary>
    internal ArithmeticRates At(double productSlack, double elementSlack, double larger = 1) =>
        new(flops => Products.At(flops * larger) / productSlack, Flops / elementSlack, Exponentials / elementSlack, Transcendentals / elementSlack);
}

/// <summary>What the host was measured to do with programs for graphs of numbers.</summary>
/// <param name="RunSeconds">The time of a program of few instructions.</param>
/// <param name="ChainSeconds">The time of an instruction that waits for the last one.</param>
/// <param name="FreeSeconds">The time of one that does not.</param>
/// <param name="ChainFunctionSeconds">The time of a transcendental one that waits.</param>
/// <param name="FreeFunctionSeconds">The time of one that does not.</param>
public sealed record HostScalar(double RunSeconds, double ChainSeconds, double FreeSeconds, double ChainFunctionSeconds, double FreeFunctionSeconds)
{
    private const double RunSlack = 2.5;

    /// <summary>No instruction waits.</summary>
    internal DeviceRates Fastest => At(Math.Min(FreeSeconds, ChainSeconds), Math.Min(FreeFunctionSeconds, ChainFunctionSeconds), RunSeconds);

    /// <summary>All of them wait.</summary>
    internal DeviceRates Typical => At(Math.Max(FreeSeconds, ChainSeconds), Math.Max(FreeFunctionSeconds, ChainFunctionSeconds), RunSeconds * RunSlack);

    private static DeviceRates At(double instruction, double function, double run)
    {
        var rates = new ArithmeticRates(_ => 1 / instruction, 1 / instruction, 1 / function, 1 / function);
        return new DeviceRates(rates, rates, _ => double.PositiveInfinity, 0, run);
    }
}
