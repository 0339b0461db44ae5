using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Migrates under a lock on a file next to the database. The operating system releases it when a process dies; EF Core's own lock, a row in SQLite,
/// would survive a killed process, and every later start would wait for ever.
/// </summary>
internal static class DatabaseMigration
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(BackpropDbContext context, CancellationToken cancellationToken)
    {
        string path = PathOf(context);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using FileStream held = await LockAsync(path + ".migration-lock", cancellationToken);
            PrivateFiles.CreateDatabase(path);
            await ApplyAsync(context, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new InvalidOperationException($"The database {path} cannot be created or written: {exception.Message}", exception);
        }
    }

    public static string PathOf(BackpropDbContext context)
    {
        SqliteConnectionStringBuilder connection = Parse(context.Database.GetConnectionString());
        return connection.Mode == SqliteOpenMode.Memory || connection.DataSource is "" or ":memory:"
            ? throw new InvalidOperationException("The connection string names no database file: expected 'Data Source=backprop.db'.")
            : Path.GetFullPath(connection.DataSource);
    }

    private static SqliteConnectionStringBuilder Parse(string? connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException(
                $"The connection string of the database is malformed: expected 'Data Source=backprop.db'. {exception.Message}", exception);
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

    private static async Task ApplyAsync(BackpropDbContext context, CancellationToken cancellationToken)
    {
        // No other process is migrating now: an existing lock was left by a process that died. The journal mode persists in the file.
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS __EFMigrationsLock;", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);

        // A process that died may have left deleted data in the log.
        await LogErasure.TruncateAsync(context, cancellationToken);
    }
}
