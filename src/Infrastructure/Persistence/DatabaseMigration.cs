using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Migrates under a lock on a file next to the database. The operating system releases it when a process dies; EF Core's own lock, a row in SQLite,
/// would survive a killed process, and every later start would wait for ever.
/// </summary>
internal static class DatabaseMigration
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);


    private static readonly string[] Known =
    [
        .. typeof(DatabaseMigration).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
    ];

    public static async Task RunAsync(DbContextOptions<BackpropDbContext> options, CancellationToken cancellationToken)
    {
        string path = DatabaseFile.PathOf(options);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using FileStream held = await LockAsync(path + ".migration-lock", cancellationToken);
            PrivateFiles.CreateDatabase(path);
            await ApplyAsync(options, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new InvalidOperationException($"The database {path} cannot be created or written: {exception.Message}", exception);
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    // A sharing violation on Windows; elsewhere EWOULDBLOCK, whose number depends on the system.
    private static bool IsHeld(IOException exception) => exception.HResult ==
        (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35);

    private static async Task ApplyAsync(DbContextOptions<BackpropDbContext> options, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await DatabaseFile.OpenAsync(options, cancellationToken);

        // No other process is migrating now: an existing lock was left by a process that died. The journal mode persists in the file.
        await DatabaseFile.ExecuteAsync(connection, "PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS __EFMigrationsLock;", cancellationToken);
        if (!await IsCurrentAsync(connection, cancellationToken))
        {
            await using var context = new BackpropDbContext(options);
            await context.Database.MigrateAsync(cancellationToken);
        }

        // A process that died may have left deleted data in the log.
        await LogErasure.TruncateAsync(connection, cancellationToken);
    }

    private static async Task<bool> IsCurrentAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            return false;
        }

        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory";
        var applied = new HashSet<string>(StringComparer.Ordinal);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            applied.Add(rows.GetString(0));
        }

        return applied.IsSupersetOf(Known);
    }
}
