using System.Text;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

/// <summary>Deleted data are gone from the bytes of the files, even while other connections keep the write-ahead log open.</summary>
public sealed class ErasureTests
{
    private const string Gone = "gone-learner@example.org";
    private const string Kept = "kept-learner@example.org";

    [Fact]
    public async Task A_deleted_learner_leaves_nothing_in_the_log()
    {
        await using TemporaryDatabase database = await WithLearnersAsync();
        await using BackpropDbContext other = database.Context();
        await other.Database.OpenConnectionAsync();
        Files(database).ShouldContain(Gone);
        (await database.Learners.DeleteAsync(Gone, CancellationToken.None)).ShouldBeTrue();
        Files(database).ShouldContain(Kept);
        Files(database).ShouldNotContain(Gone);
    }

    [Fact]
    public async Task A_reader_does_not_keep_a_learner_from_being_deleted()
    {
        await using TemporaryDatabase database = await WithLearnersAsync();
        await using BackpropDbContext reader = database.Context();
        await using (var transaction = await reader.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted))
        {
            (await reader.Users.CountAsync()).ShouldBe(2);
            (await database.Learners.DeleteAsync(Gone, CancellationToken.None)).ShouldBeTrue();
            (await reader.Users.CountAsync()).ShouldBe(2);
        }

        // The next start truncates the log.
        await database.MigrateAsync();
        Files(database).ShouldNotContain(Gone);
    }

    [Fact]
    public async Task A_learner_has_so_many_sessions_and_the_oldest_close_first()
    {
        await using TemporaryDatabase database = await WithLearnersAsync();
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        for (int i = 0; i <= LearnerSessions.MostPerLearner; i++)
        {
            await OpenAsync(database, $"s{i}", start.AddMinutes(i));
        }

        (await database.Sessions.IsOpenAsync("s0", Kept, CancellationToken.None)).ShouldBeFalse();
        (await database.Sessions.IsOpenAsync("s1", Kept, CancellationToken.None)).ShouldBeTrue();
        (await database.Sessions.IsOpenAsync("s1", Gone, CancellationToken.None)).ShouldBeFalse();
        await OpenAsync(database, "later", start.AddDays(2));
        (await database.Sessions.IsOpenAsync("s1", Kept, CancellationToken.None)).ShouldBeFalse();
        (await database.Sessions.RenewAsync("later", 0, start.AddDays(3), CancellationToken.None)).ShouldBe(SessionRenewal.Renewed);
        (await database.Sessions.RenewAsync("later", 0, start.AddDays(3), CancellationToken.None)).ShouldBe(SessionRenewal.Reused);
        (await database.Sessions.RenewAsync("later", 1, start.AddDays(3), CancellationToken.None)).ShouldBe(SessionRenewal.Closed);
    }

    private static Task OpenAsync(TemporaryDatabase database, string id, DateTimeOffset at) => database.Sessions.OpenAsync(
        new LearnerSession { Id = id, LearnerId = Kept, StartedAt = at, ExpiresAt = at.AddDays(1) }, CancellationToken.None);

    private static async Task<TemporaryDatabase> WithLearnersAsync()
    {
        TemporaryDatabase database = await TemporaryDatabase.CreateAsync();
        await database.AddLearnerAsync(Gone);
        await database.AddLearnerAsync(Kept);
        return database;
    }

    private static string Files(TemporaryDatabase database)
    {
        var all = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(database.Folder))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            all.Append(reader.ReadToEnd());
        }

        return all.ToString();
    }
}
