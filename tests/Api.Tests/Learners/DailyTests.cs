using System.Net;
using Backprop.Client.Learners;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

public sealed class DailyTests(LearnerFixture api) : IClassFixture<LearnerFixture>
{
    [Fact]
    public async Task Each_day_has_a_question_of_its_own_that_can_be_graded()
    {
        var ids = new List<string>();
        for (int day = 0; day < 10; day++)
        {
            DailyQuestion daily = await api.Api.GetDailyQuestionAsync();
            daily.Date.ShouldBe(DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime));
            daily.Question.Kind.ShouldNotBe(QuestionKind.Interview);
            daily.Question.Id.ShouldNotStartWith("open-");
            (await api.Api.GetDailyQuestionAsync()).Question.Prompt.ShouldBe(daily.Question.Prompt);
            ids.Add(daily.Question.Id);
            api.Clock.Ahead += TimeSpan.FromDays(1);
        }

        ids.Distinct().Count().ShouldBeGreaterThanOrEqualTo(9);
        ids.Zip(ids.Skip(1)).ShouldAllBe(pair => pair.First != pair.Second);
    }

    [Fact]
    public async Task The_first_answer_of_a_learner_counts()
    {
        SignedIn learner = await api.SignUpAsync();
        DailyQuestion daily = await learner.Api.GetDailyQuestionAsync();
        AnswerValue guess = daily.Question.Exercise?.Gradients is { } gradients ? AnswerValue.Object([.. gradients.Keys.Select(name => (name, "0"))])
            : daily.Question.Choices is null ? "1" : "a";
        DailyAnswerResult first = await learner.Api.AnswerDailyQuestionAsync(new DailyAnswerRequest { Date = daily.Date, Answer = guess });
        first.Recorded.ShouldBeTrue();
        first.QuestionId.ShouldBe(daily.Question.Id);
        DailyAnswerResult second = await learner.Api.AnswerDailyQuestionAsync(new DailyAnswerRequest { Answer = first.Grade.Expected });
        second.Grade.Correct.ShouldBeTrue();
        second.Recorded.ShouldBeFalse();
        (await learner.Api.GetProgressAsync()).Overall.Answers.ShouldBe(1);
        (await api.Api.AnswerDailyQuestionAsync(new DailyAnswerRequest { Answer = guess })).Recorded.ShouldBeFalse();
    }

    [Fact]
    public async Task Yesterday_is_over()
    {
        DailyQuestion daily = await api.Api.GetDailyQuestionAsync();
        ApiException late = await Should.ThrowAsync<ApiException>(api.Api.AnswerDailyQuestionAsync(new DailyAnswerRequest { Date = daily.Date.AddDays(-1), Answer = "1" }));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }
}
