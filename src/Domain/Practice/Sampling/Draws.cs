using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Sampling;

/// <summary>What questions draw: integers, rounded reals, choices, orders.</summary>
public static class Draws
{
    /// <summary>An integer from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public static int Int(this SeededGenerator random, int least, int most) =>
        least + (int)random.Below((uint)(most - least) + 1);

    /// <summary>An integer of either sign with a magnitude from <paramref name="least"/> to <paramref name="most"/>, never 0.</summary>
    public static int Signed(this SeededGenerator random, int least, int most) =>
        random.Int(least, most) * (random.Below(2) == 0 ? 1 : -1);

    /// <summary>
    /// A number from <paramref name="least"/> to <paramref name="most"/>, rounded to the given number of decimals: exactly the double that its
    /// decimal spelling reads as, so that the number shown is the one that is computed with.
    /// </summary>
    public static double Real(this SeededGenerator random, double least, double most, int decimals)
    {
        double scale = Math.Pow(10, decimals);
        return random.Int((int)Math.Round(least * scale), (int)Math.Round(most * scale)) / scale;
    }

    /// <summary>One of the values.</summary>
    public static T Pick<T>(this SeededGenerator random, params IReadOnlyList<T> from) => from[(int)random.Below((uint)from.Count)];

    /// <summary>The values in a random order (Fisher and Yates; Knuth, The Art of Computer Programming 2, algorithm P).</summary>
    public static T[] Shuffled<T>(this SeededGenerator random, IEnumerable<T> items)
    {
        T[] order = [.. items];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = (int)random.Below((uint)last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
