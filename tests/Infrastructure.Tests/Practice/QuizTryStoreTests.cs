using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Several tries, added items and marks, as they are stored.</summary>
public sealed class QuizTryStoreTests
{
    private const string Client = "198.51.100.1";
    private static readonly StorageQuota Quota = Quotas.Of("quizzes");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Every_try_is_kept_with_its_key()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", tries: 3), Client, Quota, None);
        foreach (int number in (int[])[1, 2, 3])
        {
            AnswerContext context = await ContextAsync(database, "one");
            context.Item!.Tried.ShouldBe(number - 1);
            (await AnswerAsync(database, context, $"try {number}", number == 3 ? 1 : 0, $"key {number}")).ShouldBeTrue();
        }

        Quiz read = (await database.Quizzes.FindAsync("one", null, None))!;
        read.Items[0].Earlier.Select(answer => answer.Given.Texts[0]).ShouldBe(["try 1", "try 2"]);
        (read.Items[0].Answer!.Given.Texts[0], read.Items[0].Score, read.Progress.Answered).ShouldBe(("try 3", 1 / 3.0, 1));
        foreach (int number in (int[])[1, 2, 3])
        {
            QuizEntry keyed = (await database.Quizzes.FindAsync("one", null, 2, $"key {number}", None))!.Keyed!;
            (keyed.Number, keyed.Tried, keyed.Answer!.Given.Texts[0]).ShouldBe((1, number, $"try {number}"));
        }
    }

    [Fact]
    public async Task Of_many_second_tries_at_once_one_is_stored_and_a_key_serves_one_answer()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await using var other = new TemporaryDatabase(database.FilePath);
        await database.Quizzes.AddAsync(Quiz("one", tries: 2), Client, Quota, None);
        await AnswerAsync(database, await ContextAsync(database, "one"), "first", 0, "first");
        AnswerContext context = await ContextAsync(database, "one");
        (await AnswerAsync(database, context, "again", 0, "first")).ShouldBeFalse();
        bool[] stored = await Task.WhenAll(Enumerable.Range(0, 20).Select(who => Task.Run(() =>
            AnswerAsync(who % 2 == 0 ? database : other, context, $"second {who}", 0, null))));
        stored.Count(one => one).ShouldBe(1);
        await using var rows = database.Context();
        (await rows.QuizTries.CountAsync(), await rows.QuizItems.SumAsync(item => item.Tried)).ShouldBe((1, 2));
        (await rows.Quizzes.SingleAsync()).Answered.ShouldBe(1);
    }

    [Fact]
    public async Task A_finished_quiz_stores_no_answer()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", tries: 1), Client, Quota, None);
        AnswerContext context = await ContextAsync(database, "one");
        await database.Quizzes.FinishAsync("one", Noon, None);
        (await AnswerAsync(database, context, "late", 1, null)).ShouldBeFalse();
        (await database.Quizzes.TryAddAsync("one", new QuizEntry(3, 1, SampleQuestions.One("added")), Quota, None))
            .ShouldBeFalse("its keys are shown");
    }

    [Fact]
    public async Task An_added_item_opens_the_quiz_and_counts_towards_its_bytes()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", tries: 1), Client, Quota, None);
        AnswerContext context = await ContextAsync(database, "one");
        await AnswerAsync(database, context, "a", 1, null);
        await AnswerAsync(database, (await database.Quizzes.FindAsync("one", null, 2, null, None))!, "a", 1, null);
        await using var before = database.Context();
        (await before.Quizzes.SingleAsync()).FinishedAt.ShouldBe(Noon);
        bool[] added = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() =>
            database.Quizzes.TryAddAsync("one", new QuizEntry(3, 1, SampleQuestions.One("added")) { AnotherOf = 1 }, Quota, None))));
        added.Count(one => one).ShouldBe(1);
        await using var after = database.Context();
        var quiz = await after.Quizzes.Include(one => one.Items).SingleAsync();
        (quiz.Count, quiz.FinishedAt, quiz.Bytes).ShouldBe((3, null, quiz.Items.Sum(item => (long)item.Variant.Length)));
        (await after.Holdings.SingleAsync(row => row.Kind == "quizzes" && row.Client == "*")).Bytes.ShouldBe(quiz.Bytes);
        (await database.Quizzes.FindAsync("one", null, None))!.Items[2].AnotherOf.ShouldBe(1);
        await Should.ThrowAsync<LimitException>(() => database.Quizzes.TryAddAsync("one", new QuizEntry(4, 1, SampleQuestions.One("more")),
            Quotas.Of("quizzes") with { ClientBytes = new StorageLimit("Limits:ClientQuizBytes", quiz.Bytes) }, None));
    }

    [Fact]
    public async Task Marks_are_stored_and_everything_goes_with_the_quiz()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("one", tries: 2), Client, Quota, None);
        await AnswerAsync(database, await ContextAsync(database, "one"), "first", 0, null);
        AnswerContext context = await ContextAsync(database, "one");
        await AnswerAsync(database, context, "second", 0, null);
        QuizEntry item = (await ContextAsync(database, "one")).Item!;
        item = item with { Answer = item.Answer! with { Grade = new Graded(0.5, "Half."), MentionedFacts = new HashSet<string> { "a", "b" } } };
        await database.Transactions.RunAsync(async transaction =>
        {
            await transaction.SaveMarksAsync(context.Quiz, item);
            return true;
        }, None);
        QuizEntry read = (await database.Quizzes.FindAsync("one", null, None))!.Items[0];
        read.Answer!.MentionedFacts!.Order().ShouldBe(["a", "b"]);
        (read.Answer.Grade, read.Score).ShouldBe((new Graded(0.5, "Half."), 0.25));
        (await database.Quizzes.DeleteAsync("one", null, None)).ShouldBeTrue();
        await using var rows = database.Context();
        (await rows.QuizTries.CountAsync(), await rows.QuizItems.CountAsync()).ShouldBe((0, 0));
    }

    private static async Task<AnswerContext> ContextAsync(TemporaryDatabase database, string quiz) =>
        (await database.Quizzes.FindAsync(quiz, null, 1, null, None))!;

    private static Task<bool> AnswerAsync(TemporaryDatabase database, AnswerContext context, string text, double score, string? key) =>
        database.Transactions.RunAsync(transaction => transaction.TryAnswerAsync(
            context.Quiz, context.Item!.With(new GradedAnswer(text, new Graded(score, "So."), Noon)), key), None);

    private static Quiz Quiz(string id, int tries) => new(id, 5, Noon, Noon.AddMinutes(10),
        [.. Enumerable.Range(1, 2).Select(number => new QuizEntry(number, 1, SampleQuestions.One($"question-{number}")) { Tries = tries })]);
}
