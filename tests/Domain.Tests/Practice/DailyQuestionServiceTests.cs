using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Daily;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class DailyQuestionServiceTests
{
    private readonly PracticeSetting practice = new();

    [Fact]
    public async Task The_question_of_a_day_stays_unless_it_is_retired()
    {
        string first = (await practice.Daily.TodayAsync(default)).Question.Question.Id;
        practice.Clock.Now += TimeSpan.FromHours(11);
        (await practice.Daily.TodayAsync(default)).Question.Question.Id.ShouldBe(first);
        practice.Store.Retired.Add(first);
        (await practice.Daily.TodayAsync(default)).Question.Question.Id.ShouldNotBe(first);
    }

    [Fact]
    public async Task The_question_of_a_day_is_the_same_if_it_cannot_be_stored()
    {
        practice.Store.IsBroken = true;
        string first = (await practice.Daily.TodayAsync(default)).Question.Question.Id;
        practice.Store.IsBroken = false;
        (await practice.Daily.TodayAsync(default)).Question.Question.Id.ShouldBe(first);
    }

    [Fact]
    public async Task The_first_answer_of_a_day_counts_and_only_for_learners()
    {
        (await practice.Daily.AnswerAsync("false", null, null, default)).IsRecorded.ShouldBeFalse();
        (await practice.Daily.AnswerAsync("false", null, "me", default)).IsRecorded.ShouldBeTrue();
        DailyAnswer second = await practice.Daily.AnswerAsync("true", null, "me", default);
        second.IsRecorded.ShouldBeFalse();
        practice.Store.Recorded.ShouldHaveSingleItem().Score.ShouldBe(0);
        practice.Clock.Now += TimeSpan.FromHours(12);
        await PracticeSetting.RefusedAsync(PracticeError.OtherDay, () => practice.Daily.AnswerAsync("true", second.Day, "me", default));
        (await practice.Daily.AnswerAsync("true", null, "me", default)).IsRecorded.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_questions_there_is_none_for_today()
    {
        foreach (int number in Enumerable.Range(1, 5))
        {
            practice.Store.Retired.Add($"truth-{number}");
        }

        await PracticeSetting.RefusedAsync(PracticeError.NotFound, () => practice.Daily.TodayAsync(default));
    }
}
