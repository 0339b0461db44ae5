using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Graphs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Persistence;

public class MigrationTests
{
    [Fact]
    public async Task Migrating_creates_the_folder_and_may_be_repeated()
    {
        await using var database = new TemporaryDatabase();
        Directory.Exists(database.Folder).ShouldBeFalse();
        await database.MigrateAsync();
        await database.RegisterAsync(1);
        await database.MigrateAsync();
        (await database.Registry.FindAsync(TemporaryDatabase.Id(1), CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_may_start_at_once()
    {
        await using var database = new TemporaryDatabase();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var other = new TemporaryDatabase(database.FilePath);
            await other.MigrateAsync();
        })));
        (await database.RegisterAsync(1)).Outcome.ShouldBe(RegistrationOutcome.Created);
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_process_stops_nobody()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await using (BackpropDbContext context = database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2000-01-01 00:00:00+00:00');
                """);
        }

        await database.MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Every_connection_waits_for_the_disk_and_overwrites_what_it_deletes()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await using BackpropDbContext context = database.Context();
        (await PragmaAsync(context, "journal_mode")).ShouldBe("wal");
        (await PragmaAsync(context, "synchronous")).ShouldBe("2");
        (await PragmaAsync(context, "foreign_keys")).ShouldBe("1");
        (await PragmaAsync(context, "secure_delete")).ShouldBe("1");
    }

    [Fact]
    public async Task The_migrations_match_the_model()
    {
        await using var database = new TemporaryDatabase();
        await using BackpropDbContext context = database.Context();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_version_before_quotas_stored_is_kept_and_counted()
    {
        await using var database = new TemporaryDatabase();
        Directory.CreateDirectory(database.Folder);
        await using (BackpropDbContext context = database.Context())
        {
            await context.GetService<IMigrator>().MigrateAsync("20261125123506_Learners");
            await context.Database.ExecuteSqlRawAsync($$"""
                INSERT INTO Graphs (Id, Alias, Canonical, Declarations, Nodes, CreatedAt) VALUES
                  ('{{TemporaryDatabase.Id(1)}}', 'größe 1', x'1b', '{"inputs":[]}', 1, '2026-01-02 03:04:05.6789012+00:00'),
                  ('{{TemporaryDatabase.Id(2)}}', NULL, x'1b1b', '{}', 2, '2026-01-03 03:04:05+00:00'),
                  ('{{TemporaryDatabase.Id(3)}}', 'three', x'1b1b', '{}', 3, '2026-01-01 03:04:05+00:00');
                DELETE FROM Graphs WHERE Nodes = 3;
                INSERT INTO Quizzes (Sequence, Id, LearnerId, Seed, CreatedAt, Count, Answered) VALUES (7, 'q', NULL, 1, 5, 2, 0), (8, 'r', 'me', 1, 6, 0, 0);
                INSERT INTO QuizItems (Quiz, Number, QuestionId, Version, Topic, Difficulty, Variant) VALUES (7, 1, 'x', 1, 't', 1, x'0102'), (7, 2, 'x', 1, 't', 1, x'03');
                INSERT INTO Interviews (Id, LearnerId, CreatedAt, QuestionId, Version, Topic, Difficulty, Document, HintsTaken) VALUES ('i', 'me', 9, 'x', 1, 't', 1, x'010203', 0);
                """.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }

        await database.MigrateAsync();
        (await database.Registry.IdOfAsync("größe 1", CancellationToken.None)).ShouldBe(TemporaryDatabase.Id(1));
        (await database.Registry.ListAsync(10, null, CancellationToken.None)).Items.Select(graph => (graph.Nodes, string.Join(' ', graph.Aliases))).ShouldBe([(1, "größe 1"), (2, "")]);
        await database.RegisterAsync(4, null, "198.51.100.1");
        await using BackpropDbContext upgraded = database.Context();
        (await upgraded.Graphs.MaxAsync(graph => graph.Sequence)).ShouldBe(4, "a number is never used twice");
        StoredRegistration second = await upgraded.GraphRegistrations.SingleAsync(row => row.Graph == 2);
        second.UsedAt.ShouldBe(new DateTimeOffset(2026, 1, 3, 3, 4, 5, TimeSpan.Zero));
        (await upgraded.Holdings.Where(holding => holding.Client == "" || holding.Client == "me").OrderBy(holding => holding.Kind)
            .Select(holding => new { holding.Kind, holding.Count, holding.Bytes }).ToListAsync())
            .Select(holding => (holding.Kind, holding.Count, holding.Bytes))
            .ShouldBe([("graphs", 2, 530), ("learnerInterviews", 1, 3), ("learnerQuizzes", 1, 0), ("quizzes", 1, 3)]);
        (await upgraded.Holdings.SingleAsync(holding => holding.Kind == "graphs" && holding.Client == "*")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_version_before_quotas_can_be_restored()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        await database.RegisterAsync(1, "one");
        await database.RegisterAsync(1, "uno");
        await using BackpropDbContext context = database.Context();
        await context.GetService<IMigrator>().MigrateAsync("20261125123506_Learners");
        (await context.Database.SqlQuery<string>($"SELECT Alias AS Value FROM Graphs").ToListAsync()).ShouldBe(["one"]);
        await database.MigrateAsync();
        (await database.Registry.IdOfAsync("one", CancellationToken.None)).ShouldBe(TemporaryDatabase.Id(1));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_named()
    {
        await using var database = await TemporaryDatabase.CreateAsync();
        string path = Path.Combine(database.FilePath, "below-a-file", "x.db");
        await using var impossible = new TemporaryDatabase(path);
        InvalidOperationException failure = await Should.ThrowAsync<InvalidOperationException>(impossible.MigrateAsync);
        failure.Message.ShouldStartWith($"The database {path} cannot be created or written: ");
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory;Cache=Shared")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("Data Source=x;Colour=blue")]
    public async Task A_connection_string_must_name_a_file(string connectionString)
    {
        await using ServiceProvider services = new ServiceCollection().AddBackpropPersistence(connectionString).BuildServiceProvider();
        InvalidOperationException failure = await Should.ThrowAsync<InvalidOperationException>(() => PersistenceServices.MigrateAsync(services));
        failure.Message.ShouldContain("expected 'Data Source=backprop.db'");
    }

    private static async Task<string> PragmaAsync(BackpropDbContext context, string name)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
