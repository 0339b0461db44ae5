using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Reviews;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class QuizServiceTests
{
    private readonly PracticeSetting practice = new();

    [Fact]
    public async Task A_quiz_has_ten_items_or_as_many_as_can_be_graded()
    {
        Quiz quiz = await practice.QuizAsync();
        quiz.Items.Select(item => item.Variant.Id).Order().ShouldBe(["truth-1", "truth-2", "truth-3", "truth-4", "truth-5"]);
        quiz.Items.Select(item => item.Number).ShouldBe([1, 2, 3, 4, 5]);
        (quiz.Id.Length, quiz.ExpiresAt).ShouldBe((32, null));
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_quiz()
    {
        Quiz first = await practice.QuizAsync(count: 3), second = await practice.QuizAsync(count: 3);
        second.Items.Select(item => item.Variant.Id).ShouldBe(first.Items.Select(item => item.Variant.Id));
        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task More_items_than_questions_are_refused()
    {
        (await PracticeSetting.RefusedAsync(PracticeError.TooFewMatches, () => practice.QuizAsync(count: 6))).Message.ShouldContain("at most 5");
        foreach (int number in Enumerable.Range(1, 5))
        {
            practice.Store.Retired.Add($"truth-{number}");
        }

        (await practice.QuizAsync()).Items.ShouldHaveSingleItem().IsSelfMarked.ShouldBeTrue("nothing else matches");
        practice.Store.Retired.Add("talk");
        await PracticeSetting.RefusedAsync(PracticeError.NoMatch, () => practice.QuizAsync());
    }

    [Fact]
    public async Task The_first_answer_counts()
    {
        Quiz quiz = await practice.QuizAsync();
        (await practice.AnswerAsync(quiz, 1, "true")).Score.ShouldBe(1);
        await PracticeSetting.RefusedAsync(PracticeError.ItemAnswered, () => practice.AnswerAsync(quiz, 1, "false"));
        (await practice.Quizzes.FindAsync(quiz.Id, null, default)).Items[0].Score.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("a", "b")]
    [InlineData("same", "same")]
    public async Task Of_two_answers_at_once_one_counts(string? key, string? other)
    {
        Quiz quiz = await practice.QuizAsync("me");

        // The other answer arrives while this one is being graded.
        practice.Store.Before = () => practice.AnswerAsync(quiz, 1, "false", other).GetAwaiter().GetResult().Score.ShouldBe(0);
        await PracticeSetting.RefusedAsync(key == other && key is not null ? PracticeError.KeyReused : PracticeError.ItemAnswered, () => practice.AnswerAsync(quiz, 1, "true", key));
        practice.Store.Recorded.ShouldHaveSingleItem().Score.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_key_repeats_the_same_answer_and_no_other()
    {
        Quiz quiz = await practice.QuizAsync("me");
        QuizEntry first = await practice.AnswerAsync(quiz, 1, "true", "key");
        practice.Clock.Now += TimeSpan.FromHours(1);
        (await practice.AnswerAsync(quiz, 1, "true", "key")).Answer.ShouldBe(first.Answer);
        await PracticeSetting.RefusedAsync(PracticeError.KeyReused, () => practice.AnswerAsync(quiz, 1, "false", "key"));
        await PracticeSetting.RefusedAsync(PracticeError.KeyReused, () => practice.AnswerAsync(quiz, 2, "true", "key"));
        practice.Store.Recorded.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_after_the_end_is_refused_unless_it_repeats_one_in_time()
    {
        Quiz quiz = await practice.QuizAsync(limit: TimeSpan.FromMinutes(1));
        await practice.AnswerAsync(quiz, 1, "true", "key");
        practice.Clock.Now += TimeSpan.FromMinutes(1);
        await PracticeSetting.RefusedAsync(PracticeError.QuizExpired, () => practice.AnswerAsync(quiz, 2, "true"));
        (await practice.AnswerAsync(quiz, 1, "true", "key")).Score.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task An_item_that_there_is_not_cannot_be_answered(int number)
    {
        Quiz quiz = await practice.QuizAsync();
        await PracticeSetting.RefusedAsync(PracticeError.UnknownItem, () => practice.AnswerAsync(quiz, number, "true"));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_graded_uses_up_neither_item_nor_key()
    {
        Quiz quiz = await practice.QuizAsync();
        foreach (string answer in new[] { "banana", new string('x', 10_001) })
        {
            await PracticeSetting.RefusedAsync(PracticeError.UngradableAnswer, () => practice.AnswerAsync(quiz, 1, answer, "key"));
        }

        (await practice.AnswerAsync(quiz, 1, "true", "key")).Score.ShouldBe(1);
    }

    [Fact]
    public async Task A_graded_answer_of_the_owner_schedules_a_review()
    {
        Quiz quiz = await practice.QuizAsync("me");
        QuizEntry item = await practice.AnswerAsync(quiz, 2, "true");
        practice.Store.Recorded.ShouldHaveSingleItem().ShouldBe(RecordedAnswer.Graded("me", item.Variant, AnswerOrigin.Quiz, 1, practice.Clock.Now));
        practice.Store.Cards[("me", item.Variant.Id)].ShouldBe(ReviewScheduler.Review(null, RecallRating.Good, practice.Clock.Now));
    }

    [Fact]
    public async Task Answers_to_anyones_quiz_are_not_recorded()
    {
        Quiz quiz = await practice.QuizAsync();
        await practice.Quizzes.AnswerAsync(quiz.Id, "me", 1, "true", null, default);
        practice.Store.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_for_a_deleted_account_is_not_stored()
    {
        Quiz quiz = await practice.QuizAsync("me");
        practice.Store.Learners.Clear();
        await Should.ThrowAsync<AccountDeletedException>(() => practice.AnswerAsync(quiz, 1, "true"));
        (await practice.Quizzes.FindAsync(quiz.Id, "me", default)).Progress.Answered.ShouldBe(0);
    }

    [Fact]
    public async Task A_quiz_is_nobody_elses()
    {
        Quiz quiz = await practice.QuizAsync("me");
        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Quizzes.FindAsync(quiz.Id, "you", default));
        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Quizzes.DeleteAsync(quiz.Id, null, default));
        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Quizzes.AnswerAsync(quiz.Id, null, 1, "true", null, default));
        await practice.Quizzes.DeleteAsync(quiz.Id, "me", default);
    }
}
