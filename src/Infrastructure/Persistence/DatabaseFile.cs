using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// The database without EF Core: what the service must know to start needs no model, which takes longer to build than everything else at startup.
/// </summary>
public static class DatabaseFile
{
    /// <summary>The full path of the file.</summary>
    /// <param name="options">The options that name it.</param>
    /// <exception cref="InvalidOperationException">The connection string names no file.</exception>
    public static string PathOf(DbContextOptions<BackpropDbContext> options)
    {
        SqliteConnectionStringBuilder connection = Parse(ConnectionString(options));
        return connection.Mode == SqliteOpenMode.Memory || connection.DataSource is "" or ":memory:"
            ? throw new InvalidOperationException("The connection string names no database file: expected 'Data Source=backprop.db'.")
            : Path.GetFullPath(connection.DataSource);
    }

    /// <summary>An open connection with the settings that every connection has.</summary>
    internal static async Task<DbConnection> OpenAsync(DbContextOptions<BackpropDbContext> options, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString(options));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, DurabilityInterceptor.Setup, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements.</summary>
    internal static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? ConnectionString(DbContextOptions<BackpropDbContext> options) =>
        RelationalOptionsExtension.Extract(options).ConnectionString;

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
}
