using Backprop.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
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
