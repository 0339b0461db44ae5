using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class InterviewServiceTests
{
    private readonly PracticeSetting practice = new();

    [Fact]
    public async Task A_drawn_interview_has_a_seed_and_a_named_one_has_none()
    {
        Interview drawn = await practice.Interviews.DrawAsync(new QuestionFilter(), null, null, PracticeSetting.Client, default);
        (drawn.Question.Id, drawn.Seed is not null, drawn.State).ShouldBe(("talk", true, InterviewStatus.Asked));
        (await StartAsync()).Seed.ShouldBeNull();
        await PracticeSetting.RefusedAsync(PracticeError.UnknownInterviewQuestion, () => practice.Interviews.AskAsync("truth-1", null, PracticeSetting.Client, default));
        practice.Store.Retired.Add("talk");
        await PracticeSetting.RefusedAsync(PracticeError.NoMatch, () => practice.Interviews.DrawAsync(new QuestionFilter(), 1, null, PracticeSetting.Client, default));
    }

    [Fact]
    public async Task Hints_come_one_at_a_time_until_there_is_none()
    {
        Interview interview = await StartAsync();
        (await practice.Interviews.HintAsync(interview.Id, null, default)).HintsTaken.ShouldBe(1);
        (await practice.Interviews.HintAsync(interview.Id, null, default)).HintsTaken.ShouldBe(2);
        (await PracticeSetting.RefusedAsync(PracticeError.NoHint, () => practice.Interviews.HintAsync(interview.Id, null, default))).Message.ShouldContain("All hints");
    }

    [Fact]
    public async Task The_model_answer_ends_the_hints_and_keeps_its_time()
    {
        Interview interview = await StartAsync();
        DateTimeOffset first = practice.Clock.Now;
        await practice.Interviews.RevealAsync(interview.Id, null, null, default);
        practice.Clock.Now += TimeSpan.FromMinutes(1);
        (await practice.Interviews.RevealAsync(interview.Id, null, null, default)).RevealedAt.ShouldBe(first);
        (await PracticeSetting.RefusedAsync(PracticeError.NoHint, () => practice.Interviews.HintAsync(interview.Id, null, default))).Message.ShouldContain("revealed");
    }

    [Fact]
    public async Task The_answer_in_own_words_is_kept_if_it_comes_before_the_model_answer()
    {
        Interview interview = await StartAsync();
        (await practice.Interviews.RevealAsync(interview.Id, null, "my words", default)).Answer.ShouldBe("my words");
        (await practice.Interviews.RevealAsync(interview.Id, null, "my words", default)).Answer.ShouldBe("my words");
        (await practice.Interviews.RevealAsync(interview.Id, null, null, default)).Answer.ShouldBe("my words");
        await PracticeSetting.RefusedAsync(PracticeError.AnswerRevealed, () => practice.Interviews.RevealAsync(interview.Id, null, "theirs", default));
        (await MarkAsync(interview, "two")).Answer.ShouldBe("my words");

        Interview silent = await StartAsync();
        await practice.Interviews.RevealAsync(silent.Id, null, null, default);
        await PracticeSetting.RefusedAsync(PracticeError.AnswerRevealed, () => practice.Interviews.RevealAsync(silent.Id, null, "theirs", default));
    }

    [Fact]
    public async Task Unknown_questions_topics_and_companies_are_named_with_a_suggestion()
    {
        (await PracticeSetting.RefusedAsync(PracticeError.UnknownInterviewQuestion, () => practice.Interviews.AskAsync("tlak", null, PracticeSetting.Client, default)))
            .Message.ShouldContain("did you mean 'talk'?");
        string topic = (await StartAsync()).Question.Topic;
        (await PracticeSetting.RefusedAsync(PracticeError.UnknownTopic, () => DrawAsync(new QuestionFilter { Topics = [topic + "x"] }))).Message.ShouldContain($"did you mean '{topic}'?");
        (await PracticeSetting.RefusedAsync(PracticeError.UnknownCompany, () => DrawAsync(new QuestionFilter { Companies = ["Nobody"] }))).Index.ShouldBe(0);
    }

    [Fact]
    public async Task Marks_need_the_rubric_and_its_facts_each_once()
    {
        Interview interview = await StartAsync();
        await PracticeSetting.RefusedAsync(PracticeError.RubricHidden, () => MarkAsync(interview, "one"));
        await practice.Interviews.RevealAsync(interview.Id, null, null, default);
        (await PracticeSetting.RefusedAsync(PracticeError.InvalidFact, () => MarkAsync(interview, "one", "three"))).Index.ShouldBe(1);
        (await PracticeSetting.RefusedAsync(PracticeError.InvalidFact, () => MarkAsync(interview, "twoo"))).Message.ShouldBe("The rubric has no fact 'twoo'; did you mean 'two'?");
        (await PracticeSetting.RefusedAsync(PracticeError.InvalidFact, () => MarkAsync(interview, "one", "two", "one"))).Index.ShouldBe(2);
        (await MarkAsync(interview, "two")).Score!.Score.ShouldBe(0.75);
    }

    [Fact]
    public async Task Only_the_first_marks_count_as_a_review()
    {
        Interview interview = await StartAsync("me");
        await practice.Interviews.RevealAsync(interview.Id, "me", null, default);
        practice.Store.Recorded.ShouldBeEmpty();
        await MarkAsync(interview, "two");
        DateTimeOffset first = practice.Clock.Now;
        practice.Clock.Now += TimeSpan.FromMinutes(1);
        (await MarkAsync(interview, "two")).MarkedAt.ShouldBe(first);
        (await MarkAsync(interview, "one", "two")).MarkedAt.ShouldBe(practice.Clock.Now);
        RecordedAnswer recorded = practice.Store.Recorded.ShouldHaveSingleItem();
        (recorded.Score, recorded.Rating, recorded.At).ShouldBe((0.75, RecallRating.Hard, first));
    }

    private Task<Interview> StartAsync(string? learner = null) => practice.Interviews.AskAsync("talk", learner, PracticeSetting.Client, default);

    private Task<Interview> DrawAsync(QuestionFilter filter) => practice.Interviews.DrawAsync(filter, 1, null, PracticeSetting.Client, default);

    private Task<Interview> MarkAsync(Interview interview, params string[] facts) => practice.Interviews.MarkAsync(interview.Id, interview.Learner, facts, default);
}
