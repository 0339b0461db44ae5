namespace Backprop.Domain.Sampling;

/// <summary>
/// PCG-XSH-RR 64/32 (Melissa O'Neill: PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation,
/// HMC-CS-2014-0905, 2014; <c>pcg32</c> of the reference library). The sequence is a contract: the same random seed draws the same question, and the
/// same mask, in every process, on every machine and in every release.
/// </summary>
public sealed class SeededGenerator
{
    private const ulong Prime = 1099511628211;
    private const ulong Multiplier = 6364136223846793005;
    private readonly ulong increment;
    private ulong state;

    /// <summary>A generator as <c>pcg32_srandom_r(seed, stream)</c> initializes it.</summary>
    /// <param name="seed">The start in its sequence.</param>
    /// <param name="stream">Which of the 2⁶³ sequences it draws from.</param>
    public SeededGenerator(ulong seed, ulong stream)
    {
        increment = (stream << 1) | 1;
        Next();
        state += seed;
        Next();
    }

    /// <summary>The generator for draws under this name: other names draw from other sequences.</summary>
    public static SeededGenerator For(long seed, string name) => new((ulong)seed, Fnv1a(name));

    /// <summary>The generator for draws at a position under this name.</summary>
    public static SeededGenerator For(long seed, string name, long position)
    {
        ulong hash = Fnv1a(name);
        for (int shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(position >> shift)) * Prime;
        }

        return new SeededGenerator((ulong)seed, hash);
    }

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        ulong old = state;
        state = (old * Multiplier) + increment;
        uint shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>A number below <paramref name="bound"/>, each equally likely (<c>pcg32_boundedrand_r</c>).</summary>
    public uint Below(uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        uint threshold = (0 - bound) % bound;
        uint drawn;
        do
        {
            drawn = Next();
        }
        while (drawn < threshold);

        return drawn % bound;
    }

    /// <summary>A number in [0, 1) with 53 random bits (<c>genrand_res53</c> of Matsumoto and Nishimura's mt19937ar).</summary>
    public double Unit()
    {
        (uint high, uint low) = (Next() >> 5, Next() >> 6);
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>
    /// A number of a normal distribution (Box and Muller, A note on the generation of random normal deviates, 1958): two uniform draws, the second
    /// one for the angle.
    /// </summary>
    public double Normal(double mean = 0, double deviation = 1) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit())); // 1 − u is never 0

    // FNV-1a over UTF-16 code units, 64 bits (Fowler, Noll, Vo): string.GetHashCode differs from process to process.
    private static ulong Fnv1a(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }

        return hash;
    }
}
