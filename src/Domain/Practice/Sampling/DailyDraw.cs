using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Sampling;

/// <summary>
/// Selects the question of a day. Days go through all questions in a random order, then through another one: every question occurs once per round,
/// and none on two consecutive days.
/// </summary>
public static class DailyDraw
{
    private const string Name = "daily-question";

    /// <summary>The index of a day's question among all that may be drawn.</summary>
    /// <param name="day">The number of the day, from 0.</param>
    /// <param name="count">How many questions there are.</param>
    public static int Place(int day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        (int round, int place) = Math.DivRem(day, count);
        int[] order = Order(round, count);
        if (place < 2 && count > 2 && round > 0 && Order(round - 1, count)[^1] == order[0])
        {
            (order[0], order[1]) = (order[1], order[0]);
        }

        return order[place];
    }

    private static int[] Order(int round, int count) => SeededGenerator.For(round, Name).Shuffled(Enumerable.Range(0, count));
}
