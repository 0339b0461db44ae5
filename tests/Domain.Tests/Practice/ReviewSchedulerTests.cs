using Backprop.Domain.Practice.Reviews;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

/// <summary>The scheduler against recorded runs of py-fsrs 6.3.1, and properties of every run.</summary>
public sealed class ReviewSchedulerTests
{
    private static readonly DateTimeOffset Start = new(2022, 11, 29, 12, 30, 0, TimeSpan.Zero);
    private static readonly RecallRating[] Ratings = Enum.GetValues<RecallRating>();

    private static readonly Gen<(RecallRating Rating, double Days)[]> Histories =
        Gen.Select(Gen.Enum<RecallRating>(), Gen.OneOf(Gen.Double[0, 2], Gen.Double[0, 400], Gen.Const(-3.0), Gen.Double[0, 40000])).Array[1, 30];

    [Fact]
    public void Reviews_at_their_due_times_give_the_recorded_intervals()
    {
        RecallRating[] ratings = [.. Enumerable.Repeat(RecallRating.Good, 6), RecallRating.Again, RecallRating.Again, .. Enumerable.Repeat(RecallRating.Good, 5)];
        var intervals = new List<int>();
        Card? card = null;
        foreach (RecallRating rating in ratings)
        {
            card = ReviewScheduler.Review(card, rating, card?.Due ?? Start);
            intervals.Add((card.Due - card.LastReview).Days);
        }

        intervals.ShouldBe([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
        card!.Reviews.ShouldBe(13);
        card.Lapses.ShouldBe(1);
    }

    [Fact]
    public void Reviews_at_given_gaps_give_the_recorded_memory()
    {
        (RecallRating Rating, int Days)[] history =
            [(RecallRating.Again, 0), (RecallRating.Good, 0), (RecallRating.Good, 1), (RecallRating.Good, 3), (RecallRating.Good, 8), (RecallRating.Good, 21)];
        DateTimeOffset now = Start;
        Card? card = null;
        foreach ((RecallRating rating, int days) in history)
        {
            card = ReviewScheduler.Review(card, rating, now += TimeSpan.FromDays(days));
        }

        card!.Memory.Stability.ShouldBe(53.62691, 1e-4);
        card.Memory.Difficulty.ShouldBe(6.3574867, 1e-4);
    }

    [Theory]
    [InlineData(RecallRating.Again, CardState.Learning, 60)]
    [InlineData(RecallRating.Hard, CardState.Learning, 330)]
    [InlineData(RecallRating.Good, CardState.Learning, 600)]
    [InlineData(RecallRating.Easy, CardState.Review, 8 * 86400)]
    public void A_new_question_is_asked_again_after_the_learning_steps(RecallRating rating, CardState state, int seconds)
    {
        Card card = ReviewScheduler.Review(null, rating, Start);

        card.State.ShouldBe(state);
        (card.Due - Start).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void A_forgotten_question_is_learnt_anew()
    {
        Card known = ReviewScheduler.Review(null, RecallRating.Easy, Start);
        Card forgotten = ReviewScheduler.Review(known, RecallRating.Again, known.Due);

        forgotten.State.ShouldBe(CardState.Relearning);
        (forgotten.Due - known.Due).ShouldBe(TimeSpan.FromMinutes(10));
        forgotten.Memory.Stability.ShouldBeLessThan(known.Memory.Stability);
        (ReviewScheduler.Review(forgotten, RecallRating.Hard, forgotten.Due).Due - forgotten.Due).ShouldBe(TimeSpan.FromMinutes(15));
        ReviewScheduler.Review(forgotten, RecallRating.Good, forgotten.Due).State.ShouldBe(CardState.Review);
    }

    [Fact]
    public void After_as_many_days_as_the_stability_the_chance_is_nine_tenths() =>
        Gen.Double[0.001, 36500].Sample(stability => MemoryModel.Retrievability(stability, stability).ShouldBe(0.9, 1e-12));

    [Fact]
    public void Whatever_is_rated_stability_is_positive_difficulty_within_bounds_and_an_interval_a_day_at_least() =>
        Histories.Sample(history =>
        {
            foreach (Card card in Run(history))
            {
                card.Memory.Stability.ShouldBeGreaterThan(0);
                double.IsFinite(card.Memory.Stability).ShouldBeTrue();
                card.Memory.Difficulty.ShouldBeInRange(1, 10);
                (card.Due - card.LastReview).ShouldBeInRange(card.State == CardState.Review ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1), TimeSpan.FromDays(36500));
                card.RetrievabilityAt(card.LastReview).ShouldBe(1);
                card.RetrievabilityAt(card.Due).ShouldBeInRange(0.3, 1);
            }
        });

    [Fact]
    public void A_better_rating_never_brings_the_question_back_sooner() =>
        Gen.Select(Histories, Gen.Double[0, 1000]).Sample((history, days) =>
        {
            Card card = Run(history).Last();
            Card[] next = [.. Ratings.Select(rating => ReviewScheduler.Review(card, rating, card.LastReview + TimeSpan.FromDays(days)))];
            for (int i = 1; i < next.Length; i++)
            {
                next[i].Memory.Stability.ShouldBeGreaterThanOrEqualTo(next[i - 1].Memory.Stability);
                next[i].Memory.Difficulty.ShouldBeLessThanOrEqualTo(next[i - 1].Memory.Difficulty);
                next[i].Due.ShouldBeGreaterThanOrEqualTo(next[i - 1].Due);
            }
        });

    [Theory]
    [InlineData(1, RecallRating.Good)]
    [InlineData(0.5, RecallRating.Hard)]
    [InlineData(0.49, RecallRating.Again)]
    [InlineData(0, RecallRating.Again)]
    public void A_score_is_a_rating(double score, RecallRating rating) => ReviewRatings.Of(score).ShouldBe(rating);

    private static IEnumerable<Card> Run((RecallRating Rating, double Days)[] history)
    {
        Card? card = null;
        DateTimeOffset now = Start;
        foreach ((RecallRating rating, double days) in history)
        {
            now += TimeSpan.FromDays(days);
            yield return card = ReviewScheduler.Review(card, rating, now);
        }
    }
}
