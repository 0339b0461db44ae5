using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class QuizQuotaTests
{
    private const string Flood = "203.0.113.7";
    private const string Other = "198.51.100.1";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_client_past_its_quota_loses_its_finished_quizzes_first_then_its_oldest()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        StorageQuota quota = Quotas.Of("quizzes", client: 3);
        foreach (string id in new[] { "a", "b", "c" })
        {
            await database.Quizzes.AddAsync(Quiz(id), Flood, quota, None);
        }

        long finished = (await database.Quizzes.FindAsync("b", null, 1, null, None))!.Quiz;
        await database.AnswerAsync(finished, 1, new GradedAnswer("1", new Graded(1, "So."), Noon), null);
        await database.Quizzes.AddAsync(Quiz("d"), Flood, quota, None);
        (await QuizzesAsync(database)).ShouldBe(["a", "c", "d"]);
        await database.Quizzes.AddAsync(Quiz("e"), Flood, quota, None);
        (await QuizzesAsync(database)).ShouldBe(["c", "d", "e"]);
    }

    [Fact]
    public async Task A_flood_displaces_neither_other_clients_nor_learners()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync("me");
        StorageQuota quota = Quotas.Of("quizzes", client: 10, all: 6);
        for (int i = 0; i < 4; i++)
        {
            await database.Quizzes.AddAsync(Quiz($"mine {i}") with { Learner = "me" }, Flood, quota, None);
        }

        await database.Quizzes.AddAsync(Quiz("other 1"), Other, quota, None);
        await database.Quizzes.AddAsync(Quiz("other 2"), Other, quota, None);
        for (int i = 0; i < 20; i++)
        {
            await database.Quizzes.AddAsync(Quiz($"flood {i:00}"), Flood, quota, None);
        }

        (await QuizzesAsync(database)).ShouldBe(["flood 16", "flood 17", "flood 18", "flood 19", "mine 0", "mine 1", "mine 2", "mine 3", "other 1", "other 2"]);
        await database.Quizzes.AddAsync(Quiz("other 3"), Other, quota, None);
        (await database.Quizzes.FindAsync("other 1", null, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Interviews_are_bounded_alike()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        StorageQuota quota = Quotas.Of("interviews", client: 2, all: 3);
        foreach (string id in new[] { "a", "b" })
        {
            await database.Interviews.AddAsync(Interview(id), Flood, quota, None);
        }

        await using BackpropDbContext context = database.Context();
        await context.Interviews.Where(interview => interview.Id == "b").ExecuteUpdateAsync(update => update.SetProperty(interview => interview.MarkedAt, Noon));
        await database.Interviews.AddAsync(Interview("c"), Flood, quota, None);
        await database.Interviews.AddAsync(Interview("d"), Other, quota, None);
        await database.Interviews.AddAsync(Interview("e"), Other, quota, None);
        (await database.Interviews.FindAsync("b", null, None)).ShouldBeNull();
        (await context.Interviews.Select(interview => interview.Id).OrderBy(id => id).ToListAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Answers_to_interviews_count_and_displace_older_ones()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        foreach (string id in new[] { "a", "b", "c" })
        {
            await database.Interviews.AddAsync(Interview(id), Flood, Quotas.Of("interviews"), None);
        }

        await using BackpropDbContext context = database.Context();
        long bytes = await context.Interviews.SumAsync(interview => interview.Bytes);
        StorageQuota quota = Quotas.Of("interviews", clientBytes: bytes + 1);
        await AnswerAsync(database, "b", "ä", quota);
        (await database.Interviews.FindAsync("a", null, None)).ShouldBeNull();
        (await database.Interviews.FindAsync("b", null, None))!.Answer.ShouldBe("ä");
        await Should.ThrowAsync<LimitException>(() => AnswerAsync(database, "c", new string('x', (int)bytes), quota));
        (await database.Interviews.FindAsync("c", null, None))!.Answer.ShouldBeNull();

        long held = await context.Holdings.Where(row => row.Kind == "interviews" && row.Client != "").MaxAsync(row => row.Bytes);
        held.ShouldBe(await context.Interviews.SumAsync(interview => interview.Bytes));
    }

    private static Task<Interview?> AnswerAsync(TemporaryDatabase database, string id, string answer, StorageQuota quota) =>
        database.ChangeAsync(id, null, interview => interview.Reveal(answer, Noon), quota);

    [Fact]
    public async Task Bytes_count_and_what_cannot_fit_is_refused()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.Quizzes.AddAsync(Quiz("a"), Flood, Quotas.Of("quizzes"), None);
        await using BackpropDbContext context = database.Context();
        long bytes = (await context.Quizzes.SingleAsync()).Bytes;
        bytes.ShouldBe((await context.QuizItems.SingleAsync()).Variant.Length);
        await database.Quizzes.AddAsync(Quiz("b"), Flood, Quotas.Of("quizzes", clientBytes: 2 * bytes), None);
        await database.Quizzes.AddAsync(Quiz("c"), Flood, Quotas.Of("quizzes", clientBytes: 2 * bytes), None);
        (await QuizzesAsync(database)).ShouldBe(["b", "c"]);
        LimitException refused = await Should.ThrowAsync<LimitException>(() => database.Quizzes.AddAsync(Quiz("d"), Flood, Quotas.Of("quizzes", clientBytes: bytes - 1), None));
        refused.Limit.ShouldBe("Client:Bytes");
        (await QuizzesAsync(database)).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task Deleting_is_the_owners_and_gives_room_back()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync("me");
        await database.Quizzes.AddAsync(Quiz("mine") with { Learner = "me" }, Flood, Quotas.Of("quizzes"), None);
        await database.Quizzes.AddAsync(Quiz("anyones"), Flood, Quotas.Of("quizzes"), None);
        await database.Interviews.AddAsync(Interview("mine") with { Learner = "me" }, Flood, Quotas.Of("interviews"), None);
        await database.Interviews.AddAsync(Interview("anyones"), Flood, Quotas.Of("interviews"), None);
        foreach (string? stranger in (string?[])[null, "you", ""])
        {
            (await database.Quizzes.DeleteAsync("mine", stranger, None)).ShouldBeFalse();
            (await database.Interviews.DeleteAsync("mine", stranger, None)).ShouldBeFalse();
        }

        foreach (string id in new[] { "mine", "anyones" })
        {
            (await database.Quizzes.DeleteAsync(id, "me", None)).ShouldBeTrue();
            (await database.Interviews.DeleteAsync(id, "me", None)).ShouldBeTrue();
            (await database.Quizzes.DeleteAsync(id, "me", None)).ShouldBeFalse();
        }

        await using BackpropDbContext context = database.Context();
        (await context.QuizItems.CountAsync()).ShouldBe(0);
        (await context.Holdings.SumAsync(holding => holding.Bytes)).ShouldBe(0);
        (await context.Holdings.SumAsync(holding => holding.Count)).ShouldBe(0);
    }

    [Fact]
    public async Task Whatever_deletes_quizzes_is_counted()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync("me");
        await database.Quizzes.AddAsync(Quiz("mine") with { Learner = "me" }, Flood, Quotas.Of("quizzes"), None);
        await database.Quizzes.AddAsync(Quiz("old"), Flood, Quotas.Of("quizzes"), None);
        await database.Learners.DeleteAsync("me", None);
        await database.Cleaning.DeleteAsync(Noon.AddDays(1), None);
        await using BackpropDbContext context = database.Context();
        (await context.Holdings.SumAsync(holding => holding.Count)).ShouldBe(0);
        (await context.Holdings.SumAsync(holding => holding.Bytes)).ShouldBe(0);
    }

    private static async Task<List<string>> QuizzesAsync(TemporaryDatabase database)
    {
        await using BackpropDbContext context = database.Context();
        return await context.Quizzes.Select(quiz => quiz.Id).OrderBy(id => id).ToListAsync();
    }

    private static Quiz Quiz(string id) => new(id, 5, Noon, null, [new QuizEntry(1, 1, SampleQuestions.One("question"))]);

    private static Interview Interview(string id) => new(id, null, Noon, 1, SampleQuestions.One("question"));
}
