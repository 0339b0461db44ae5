using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Reviews;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class ReviewServiceTests
{
    private readonly PracticeSetting practice = new();

    [Fact]
    public async Task The_longest_due_come_first_and_all_are_read_at_once()
    {
        foreach (int number in (int[])[3, 1, 2])
        {
            await practice.Reviews.RateAsync("me", $"truth-{number}", RecallRating.Again, null, default);
            practice.Clock.Now += TimeSpan.FromSeconds(1);
        }

        practice.Clock.Now += TimeSpan.FromDays(1);
        practice.Store.Retired.Add("truth-1");
        int reads = practice.Store.BankReads;
        DueQuestions due = await practice.Reviews.DueAsync("me", 10, default);
        practice.Store.BankReads.ShouldBe(reads + 1);
        due.Items.Select(item => item.Question.Question.Id).ShouldBe(["truth-3", "truth-2"]);
        due.At.ShouldBe(practice.Clock.Now);
    }

    [Fact]
    public async Task A_score_is_a_rating_and_a_rating_has_no_score()
    {
        RecordedReview graded = await practice.Reviews.AnswerAsync("me", "truth-1", "false", 1, default);
        (graded.Answer.Score, graded.Answer.Rating, graded.Card.Reviews).ShouldBe((0.0, RecallRating.Again, 1));
        RecordedReview rated = await practice.Reviews.RateAsync("me", "truth-1", RecallRating.Easy, 2, default);
        (rated.Answer.Score, rated.Grade, rated.Card.Reviews).ShouldBe((null, null, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_review_with_another_number_is_refused(int number)
    {
        await practice.Reviews.RateAsync("me", "truth-1", RecallRating.Good, null, default);
        (await PracticeSetting.RefusedAsync(PracticeError.ReviewOutOfTurn, () => practice.Reviews.RateAsync("me", "truth-1", RecallRating.Good, number, default)))
            .Message.ShouldContain("must be 2");
    }

    [Fact]
    public async Task Of_two_reviews_at_once_one_is_recorded()
    {
        practice.Store.Before = () => practice.Reviews.RateAsync("me", "truth-1", RecallRating.Good, null, default).GetAwaiter().GetResult();
        await PracticeSetting.RefusedAsync(PracticeError.ReviewOutOfTurn, () => practice.Reviews.RateAsync("me", "truth-1", RecallRating.Again, null, default));
        practice.Store.Recorded.ShouldHaveSingleItem().Rating.ShouldBe(RecallRating.Good);
    }

    [Fact]
    public async Task What_cannot_be_reviewed_changes_nothing()
    {
        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Reviews.RateAsync("me", "none", RecallRating.Good, null, default));
        await PracticeSetting.RefusedAsync(PracticeError.UngradableAnswer, () => practice.Reviews.AnswerAsync("me", "talk", "words", null, default));
        await Should.ThrowAsync<AccountDeletedException>(() => practice.Reviews.RateAsync("you", "truth-1", RecallRating.Good, null, default));
        practice.Store.Recorded.ShouldBeEmpty();
        (await practice.Reviews.RateAsync("me", "talk", RecallRating.Good, null, default)).Card.Reviews.ShouldBe(1);
    }
}
