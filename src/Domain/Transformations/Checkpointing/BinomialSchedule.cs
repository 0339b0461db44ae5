namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>
/// The optimal reversal of a chain of equal steps (Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000). With c states in memory, including
/// that at the start of the chain, and no step advanced more than r times, β(c, r) = C(c + r, c) steps can be reversed.
/// </summary>
public static class BinomialSchedule
{
    /// <summary>β(c, r), or some number above <paramref name="cap"/> if it exceeds that.</summary>
    public static long Capacity(long states, long repetitions, long cap)
    {
        long capacity = 1;
        (long few, long many) = (Math.Min(states, repetitions), Math.Max(states, repetitions));
        for (long i = 1; i <= few && capacity <= cap; i++)
        {
            capacity = (long)Int128.Min((Int128)capacity * (many + i) / i, long.MaxValue);
        }

        return repetitions < 0 ? 0 : capacity;
    }

    /// <summary>How often the most repeated step is advanced: the least r with β(c, r) ≥ <paramref name="steps"/>.</summary>
    public static long Repetitions(long steps, long states)
    {
        long low = 0;
        for (long high = steps; low < high;)
        {
            long middle = (low + high) / 2;
            (low, high) = Capacity(states, middle, steps) >= steps ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>
    /// The fewest steps that are advanced to reverse a chain: r·l − β(c + 1, r − 1). The evaluation that each reversed step itself needs is not
    /// counted.
    /// </summary>
    public static long Advances(long steps, long states)
    {
        long repetitions = Repetitions(steps, states);
        return (repetitions * steps) - Capacity(states + 1, repetitions - 1, long.MaxValue / 2);
    }

    /// <summary>After how many steps of a chain of at least two the next state is best stored, with at least two states in memory.</summary>
    public static long Split(long steps, long states)
    {
        long repetitions = Repetitions(steps, states);
        return Math.Min(Capacity(states, repetitions - 1, steps), steps - Capacity(states - 1, repetitions - 1, steps));
    }
}
