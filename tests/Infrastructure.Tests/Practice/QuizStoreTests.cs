using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class QuizStoreTests
{
    private const string Client = "198.51.100.1";
    private static readonly StorageQuota Quota = Quotas.Of("quizzes");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Of_many_answers_at_once_one_is_stored_across_processes_too()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await using var other = new TemporaryDatabase(database.FilePath);
        await database.Quizzes.AddAsync(Quiz("one", 2), Client, Quota, None);
        AnswerContext situation = (await database.Quizzes.FindAsync("one", null, 1, null, None))!;

        (int Who, bool Stored)[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(who => Task.Run(async () =>
            (who, await (who % 2 == 0 ? database : other).AnswerAsync(situation.Quiz, 1, Answer($"answer {who}", who / 40.0), $"key {who}")))));

        (int winner, _) = answers.Where(answer => answer.Stored).ShouldHaveSingleItem();
        Quiz after = (await other.Quizzes.FindAsync("one", null, None))!;
        after.Items[0].Answer!.Given.Texts.ShouldBe([$"answer {winner}"]);
        after.Items[0].Score.ShouldBe(winner / 40.0);
        after.Progress.Answered.ShouldBe(1);
        (await database.Quizzes.FindAsync("one", null, 2, $"key {winner}", None))!.Keyed!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_serves_one_answer()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", 2), Client, Quota, None);
        AnswerContext situation = (await database.Quizzes.FindAsync("one", null, 1, "key", None))!;
        (await database.AnswerAsync(situation.Quiz, 1, Answer("first"), "key")).ShouldBeTrue();
        (await database.AnswerAsync(situation.Quiz, 2, Answer("second"), "key")).ShouldBeFalse();
        (await database.Quizzes.FindAsync("one", null, 2, "key", None))!.Item!.Answer.ShouldBeNull();
        (await database.AnswerAsync(situation.Quiz, 2, Answer("second"), null)).ShouldBeTrue();
        await using var context = database.Context();
        (await context.Quizzes.SingleAsync()).FinishedAt.ShouldBe(Noon);
    }

    [Fact]
    public async Task A_list_is_read_as_a_list_and_a_text_as_a_text()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", 3), Client, Quota, None);
        long quiz = (await database.Quizzes.FindAsync("one", null, 1, null, None))!.Quiz;
        SubmittedAnswer[] given = [new([], IsList: true), new(["[\"a\"]"]), new(["a", "b\u2028\"é"], IsList: true)];
        foreach ((int index, SubmittedAnswer answer) in given.Index())
        {
            await database.AnswerAsync(quiz, index + 1, new GradedAnswer(answer, Graded.Right, Noon), null);
        }

        Quiz read = (await database.Quizzes.FindAsync("one", null, None))!;
        read.Items.Select(item => (item.Answer!.Given.IsList, string.Join('|', item.Answer.Given.Texts)))
            .ShouldBe(given.Select(answer => (answer.IsList, string.Join('|', answer.Texts))));
    }

    [Fact]
    public async Task A_learners_quiz_is_nobody_elses()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync("me");
        await database.Quizzes.AddAsync(Quiz("mine", 1) with { Learner = "me" }, Client, Quota, None);
        await database.Quizzes.AddAsync(Quiz("anyones", 1), Client, Quota, None);
        await database.Interviews.AddAsync(Interview("mine") with { Learner = "me" }, Client, Quota, None);
        foreach (string? stranger in (string?[])[null, "you", ""])
        {
            (await database.Quizzes.FindAsync("mine", stranger, None)).ShouldBeNull();
            (await database.Quizzes.FindAsync("mine", stranger, 1, "key", None)).ShouldBeNull();
            (await database.Quizzes.FindAsync("anyones", stranger, None)).ShouldNotBeNull();
            (await database.Interviews.FindAsync("mine", stranger, None)).ShouldBeNull();
            (await database.ChangeAsync("mine", stranger, interview => interview.Reveal("words", Noon))).ShouldBeNull();
        }

        (await database.Quizzes.FindAsync("mine", "me", None)).ShouldNotBeNull();
        (await database.Interviews.FindAsync("mine", "me", None))!.IsRevealed.ShouldBeFalse();
    }

    [Fact]
    public async Task Cleaning_takes_what_is_old_and_nobodys_with_its_items()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        for (int i = 0; i < 250; i++)
        {
            await database.Quizzes.AddAsync(Quiz($"old {i}", 1) with { CreatedAt = Noon.AddDays(-31) }, Client, Quota, None);
        }

        await database.AddLearnerAsync("me");
        await database.Quizzes.AddAsync(Quiz("mine", 1) with { CreatedAt = Noon.AddDays(-31), Learner = "me" }, Client, Quota, None);
        await database.Quizzes.AddAsync(Quiz("young", 1), Client, Quota, None);
        await database.Interviews.AddAsync(Interview("old") with { CreatedAt = Noon.AddDays(-31) }, Client, Quota, None);
        (await database.Cleaning.DeleteAsync(Noon.AddDays(-30), None)).ShouldBe(251);
        await using var context = database.Context();
        (await context.Quizzes.Select(quiz => quiz.Id).ToListAsync()).ShouldBe(["mine", "young"], ignoreOrder: true);
        (await context.QuizItems.CountAsync()).ShouldBe(2);
        (await context.Interviews.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Hints_asked_for_at_once_come_one_after_the_other()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Interviews.AddAsync(Interview("one"), Client, Quota, None);
        Interview?[] states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            database.ChangeAsync("one", null, interview => interview with { HintsTaken = interview.HintsTaken + 1 }))));
        states.Select(state => state!.HintsTaken).Order().ShouldBe(Enumerable.Range(1, 8));
    }

    private static GradedAnswer Answer(string text, double score = 1) => new(text, new Graded(score, "So."), Noon);

    private static Quiz Quiz(string id, int count) => new(id, 5, Noon, Noon.AddMinutes(10), [.. Enumerable.Range(1, count).Select(number => new QuizEntry(number, 1, SampleQuestions.One($"question-{number}")))]);

    private static Interview Interview(string id) => new(id, null, Noon, 1, SampleQuestions.One("question"));
}
