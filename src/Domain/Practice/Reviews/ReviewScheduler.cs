namespace Backprop.Domain.Practice.Reviews;

/// <summary>
/// Schedules the next review of a question by FSRS-6 as in py-fsrs 6.3.1: retention 0.9, learning steps of 1 and 10 minutes, a relearning step of 10
/// minutes, intervals of 1 to 36,500 days, and no random fuzz, so that the same reviews always give the same queue.
/// </summary>
public static class ReviewScheduler
{
    private static readonly TimeSpan[] LearningSteps = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];
    private static readonly TimeSpan[] RelearningSteps = [TimeSpan.FromMinutes(10)];

    /// <summary>The card after a review.</summary>
    /// <param name="card">The previous card; null if the question is reviewed for the first time.</param>
    /// <param name="rating">How well it was remembered.</param>
    /// <param name="now">When it was reviewed.</param>
    public static Card Review(Card? card, RecallRating rating, DateTimeOffset now)
    {
        MemoryState memory = Remember(card, rating, now);
        CardState state = card?.State ?? CardState.Learning;
        bool lapsed = state == CardState.Review && rating == RecallRating.Again;
        (CardState next, int step, TimeSpan interval) = lapsed
            ? (CardState.Relearning, 0, RelearningSteps[0])
            : state == CardState.Review
                ? InDays(memory)
                : InSteps(state, card?.Step ?? 0, rating, memory);
        return new Card(next, step, memory, now, now + interval, (card?.Reviews ?? 0) + 1, (card?.Lapses ?? 0) + (lapsed ? 1 : 0));
    }

    private static MemoryState Remember(Card? card, RecallRating rating, DateTimeOffset now)
    {
        if (card is null)
        {
            return MemoryModel.First(rating);
        }

        int days = card.DaysUntil(now);
        return days < 1 ? MemoryModel.SameDay(card.Memory, rating) : MemoryModel.Later(card.Memory, rating, days);
    }

    private static (CardState State, int Step, TimeSpan Interval) InSteps(CardState state, int step, RecallRating rating, MemoryState memory)
    {
        TimeSpan[] steps = state == CardState.Learning ? LearningSteps : RelearningSteps;
        return rating switch
        {
            RecallRating.Again => (state, 0, steps[0]),
            RecallRating.Hard => (state, step, HardStep(steps, step)),
            RecallRating.Good when step + 1 < steps.Length => (state, step + 1, steps[step + 1]),
            _ => InDays(memory),
        };
    }

    // Between again and good: the mean of the first two steps, or one and a half times the only one.
    private static TimeSpan HardStep(TimeSpan[] steps, int step) => (step, steps.Length) switch
    {
        (0, 1) => steps[0] * 1.5,
        (0, _) => (steps[0] + steps[1]) / 2,
        _ => steps[step],
    };

    private static (CardState State, int Step, TimeSpan Interval) InDays(MemoryState memory) =>
        (CardState.Review, 0, TimeSpan.FromDays(MemoryModel.Interval(memory.Stability)));
}
