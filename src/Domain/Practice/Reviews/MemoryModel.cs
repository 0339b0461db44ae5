namespace Backprop.Domain.Practice.Reviews;

/// <summary>
/// The memory model of FSRS-6 with its default weights: how stability and difficulty change with a review (open-spaced-repetition, The Algorithm; Ye,
/// Su, Cao: A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling, KDD 2022). The numbers agree with py-fsrs 6.3.1. Times
/// are in days, S is stability, D difficulty, R retrievability, g the rating 1 … 4.
/// </summary>
public static class MemoryModel
{
    private const double DesiredRetention = 0.9;
    private const int MaxInterval = 36500;
    private const double LeastStability = 0.001;
    private const double LeastDifficulty = 1;
    private const double MostDifficulty = 10;

    private static readonly double[] W =
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    private static readonly double Decay = -W[20];
    private static readonly double Factor = Math.Pow(0.9, 1 / Decay) - 1;

    /// <summary>R = (1 + F·t/S)^(−w20) with F = 0.9^(−1/w20) − 1: after S days it is 0.9.</summary>
    public static double Retrievability(double stability, double days) => Math.Pow(1 + (Factor * days / stability), Decay);

    /// <summary>The days, at least 1, after which R has fallen to 0.9, rounded half to even.</summary>
    public static int Interval(double stability)
    {
        double days = stability / Factor * (Math.Pow(DesiredRetention, 1 / Decay) - 1);
        return (int)Math.Clamp(Math.Round(days, MidpointRounding.ToEven), 1, MaxInterval);
    }

    /// <summary>The memory after the first review: S = w[g−1], D = w4 − e^(w5·(g−1)) + 1.</summary>
    public static MemoryState First(RecallRating rating) =>
        new(Math.Max(LeastStability, W[(int)rating - 1]), Math.Clamp(FirstDifficulty(rating), LeastDifficulty, MostDifficulty));

    /// <summary>The memory after a review on the same day: S·e^(w17·(g−3+w18))·S^(−w19), where good and easy never reduce S.</summary>
    public static MemoryState SameDay(MemoryState memory, RecallRating rating)
    {
        double growth = Math.Exp(W[17] * ((int)rating - 3 + W[18])) * Math.Pow(memory.Stability, -W[19]);
        return Next(memory, rating, memory.Stability * (rating >= RecallRating.Good ? Math.Max(1, growth) : growth));
    }

    /// <summary>The memory after a review days later.</summary>
    public static MemoryState Later(MemoryState memory, RecallRating rating, double days)
    {
        double retrievability = Retrievability(memory.Stability, days);
        return Next(memory, rating, rating == RecallRating.Again ? Forgotten(memory, retrievability) : Recalled(memory, rating, retrievability));
    }

    private static MemoryState Next(MemoryState memory, RecallRating rating, double stability) =>
        new(Math.Max(LeastStability, stability), NextDifficulty(memory.Difficulty, rating));

    // S·(1 + e^w8·(11−D)·S^(−w9)·(e^(w10·(1−R)) − 1)·[hard: w15]·[easy: w16])
    private static double Recalled(MemoryState memory, RecallRating rating, double retrievability)
    {
        double rated = rating switch
        {
            RecallRating.Hard => W[15],
            RecallRating.Easy => W[16],
            _ => 1,
        };
        double growth = Math.Exp(W[8]) * (11 - memory.Difficulty) * Math.Pow(memory.Stability, -W[9]) * (Math.Exp(W[10] * (1 - retrievability)) - 1);
        return memory.Stability * (1 + (growth * rated));
    }

    // min(w11·D^(−w12)·((S+1)^w13 − 1)·e^(w14·(1−R)), S/e^(w17·w18))
    private static double Forgotten(MemoryState memory, double retrievability)
    {
        double longTerm = W[11] * Math.Pow(memory.Difficulty,
            -W[12]) * (Math.Pow(memory.Stability + 1, W[13]) - 1) * Math.Exp(W[14] * (1 - retrievability));
        return Math.Min(longTerm, memory.Stability / Math.Exp(W[17] * W[18]));
    }

    // Δ = −w6·(g−3), damped near 10: D + (10−D)·Δ/9; then mean reversion by w7 towards the first difficulty of an easy question.
    private static double NextDifficulty(double difficulty, RecallRating rating)
    {
        double damped = difficulty + ((MostDifficulty - difficulty) * -W[6] * ((int)rating - 3) / 9);
        return Math.Clamp((W[7] * FirstDifficulty(RecallRating.Easy)) + ((1 - W[7]) * damped), LeastDifficulty, MostDifficulty);
    }

    private static double FirstDifficulty(RecallRating rating) => W[4] - Math.Exp(W[5] * ((int)rating - 1)) + 1;
}
