using Backprop.Domain.Practice.Reviews;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

/// <summary>The scheduler against recorded runs of py-fsrs 6.3.1, and properties of every run.</summary>
public sealed class ReviewSchedulerTests
{
    private static readonly DateTimeOffset Start = new(2022, 11, 29, 12, 30, 0, TimeSpan.Zero);
    private static readonly ReviewRating[] Ratings = Enum.GetValues<ReviewRating>();

    private static readonly Gen<(ReviewRating Rating, double Days)[]> Histories =
        Gen.Select(Gen.Enum<ReviewRating>(), Gen.OneOf(Gen.Double[0, 2], Gen.Double[0, 400], Gen.Const(-3.0), Gen.Double[0, 40000])).Array[1, 30];

    [Fact]
    public void Reviews_at_their_due_times_give_the_recorded_intervals()
    {
        ReviewRating[] ratings = [.. Enumerable.Repeat(ReviewRating.Good, 6), ReviewRating.Again, ReviewRating.Again, .. Enumerable.Repeat(ReviewRating.Good, 5)];
        var intervals = new List<int>();
        Card? card = null;
        foreach (ReviewRating rating in ratings)
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
        (ReviewRating Rating, int Days)[] history =
            [(ReviewRating.Again, 0), (ReviewRating.Good, 0), (ReviewRating.Good, 1), (ReviewRating.Good, 3), (ReviewRating.Good, 8), (ReviewRating.Good, 21)];
        DateTimeOffset now = Start;
        Card? card = null;
        foreach ((ReviewRating rating, int days) in history)
            card = ReviewScheduler.Review(card, rating, now += TimeSpan.FromDays(days));

        card!.Memory.Stability.ShouldBe(53.62691, 1e-4);
        card.Memory.Difficulty.ShouldBe(6.3574867, 1e-4);
    }

    [Theory]
    [InlineData(ReviewRating.Again, ReviewState.Learning, 60)]
    [InlineData(ReviewRating.Hard, ReviewState.Learning, 330)]
    [InlineData(ReviewRating.Good, ReviewState.Learning, 600)]
    [InlineData(ReviewRating.Easy, ReviewState.Review, 8 * 86400)]
    public void A_new_question_is_asked_again_after_the_learning_steps(ReviewRating rating, ReviewState state, int seconds)
    {
        Card card = ReviewScheduler.Review(null, rating, Start);

        card.State.ShouldBe(state);
        (card.Due - Start).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void A_forgotten_question_is_learnt_anew()
    {
        Card known = ReviewScheduler.Review(null, ReviewRating.Easy, Start);
        Card forgotten = ReviewScheduler.Review(known, ReviewRating.Again, known.Due);

        forgotten.State.ShouldBe(ReviewState.Relearning);
        (forgotten.Due - known.Due).ShouldBe(TimeSpan.FromMinutes(10));
        forgotten.Memory.Stability.ShouldBeLessThan(known.Memory.Stability);
        (ReviewScheduler.Review(forgotten, ReviewRating.Hard, forgotten.Due).Due - forgotten.Due).ShouldBe(TimeSpan.FromMinutes(15));
        ReviewScheduler.Review(forgotten, ReviewRating.Good, forgotten.Due).State.ShouldBe(ReviewState.Review);
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
                (card.Due - card.LastReview).ShouldBeInRange(card.State == ReviewState.Review ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1), TimeSpan.FromDays(36500));
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
    [InlineData(1, ReviewRating.Good)]
    [InlineData(0.5, ReviewRating.Hard)]
    [InlineData(0.49, ReviewRating.Again)]
    [InlineData(0, ReviewRating.Again)]
    public void A_score_is_a_rating(double score, ReviewRating rating) => ReviewRatings.Of(score).ShouldBe(rating);

    private static IEnumerable<Card> Run((ReviewRating Rating, double Days)[] history)
    {
        Card? card = null;
        DateTimeOffset now = Start;
        foreach ((ReviewRating rating, double days) in history)
        {
            now += TimeSpan.FromDays(days);
            yield return card = ReviewScheduler.Review(card, rating, now);
        }
    }
}
