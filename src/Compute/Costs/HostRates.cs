using Backprop.Compute.Compilation;
using Backprop.Domain.Costs;

namespace Backprop.Compute.Costs;

/// <summary>What the host was measured to do.</summary>
/// <param name="Single">In single precision.</param>
/// <param name="Double">In double precision.</param>
/// <param name="CacheBytesPerSecond">Bytes that a step reads and writes a second where a core's cache holds them.</param>
/// <param name="MemoryBytesPerSecond">The same where no cache does.</param>
/// <param name="LaunchSeconds">The time of a step on a handful of numbers.</param>
/// <param name="RunSeconds">The time of a run with one such step.</param>
/// <param name="Scalar">Of programs for graphs of numbers.</param>
public sealed record HostRates(
    HostArithmetic Single,
    HostArithmetic Double,
    double CacheBytesPerSecond,
    double MemoryBytesPerSecond,
    double LaunchSeconds,
    double RunSeconds,
    HostScalar Scalar)
{
    // What the outer cache of a core holds, about.
    private const double CacheBytes = 1 << 20;

    // Thin products, and threads that wait for one another, take that much longer than square products of as many operations.
    private const double ProductSlack = 2;
    private const double ElementSlack = 2;
    private const double LaunchSlack = 2.5;

    /// <summary>Both ends for a plan.</summary>
    public (DeviceRates Fastest, DeviceRates Typical) Of(Plan plan) => plan.Program is null ? (Fastest, Typical) : (Scalar.Fastest, Scalar.Typical);

    /// <summary>The ceilings: what was measured at best.</summary>
    private DeviceRates Fastest => new(
        Single.At(1, 1), Double.At(1, 1), _ => CacheBytesPerSecond, LaunchSeconds, RunSeconds);

    /// <summary>What is typical of graphs: products of the size at hand, with slack for their shapes; memory by how much is moved.</summary>
    private DeviceRates Typical => new(
        Single.At(ProductSlack, ElementSlack), Double.At(ProductSlack, ElementSlack), bytes => bytes <= CacheBytes ? CacheBytesPerSecond : MemoryBytesPerSecond,
        LaunchSeconds * LaunchSlack, RunSeconds * LaunchSlack);
}

/// <summary>What the host was measured to do with numbers of one type.</summary>
/// <param name="Products">FLOP/s of square matrix products by their FLOPs, ascending.</param>
/// <param name="Flops">FLOP/s on elements in a fused loop.</param>
/// <param name="Exponentials">Exponentials a second there.</param>
/// <param name="Transcendentals">Hyperbolic tangents a second there, which stand for all other functions.</param>
public sealed record HostArithmetic(
    IReadOnlyList<(double Flops, double PerSecond)> Products, double Flops, double Exponentials, double Transcendentals)
{
    /// <summary>The rates divided by some slack.</summary>
    internal ArithmeticRates At(double productSlack, double elementSlack) =>
        new(flops => Product(flops) / productSlack, Flops / elementSlack, Exponentials / elementSlack, Transcendentals / elementSlack);

    // Between two measured sizes the time of a product is a power of its operations.
    private double Product(double flops)
    {
        if (flops <= Products[0].Flops)
        {
            return Products[0].PerSecond;
        }

        for (int i = 1; i < Products.Count; i++)
        {
            ((double below, double slower), (double above, double faster)) = (Products[i - 1], Products[i]);
            if (flops <= above)
            {
                double share = Math.Log(flops / below) / Math.Log(above / below);
                return slower * Math.Pow(faster / slower, share);
            }
        }

        return Products[^1].PerSecond;
    }
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
