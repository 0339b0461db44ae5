using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Truncates the write-ahead log, which contains pages from before a deletion. With <c>secure_delete</c> the database file itself keeps nothing of
/// deleted data.
/// </summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="logger">Logs if readers held the log for too long.</param>
public sealed class LogErasure(IDbContextFactory<BackpropDbContext> contexts, ILogger<LogErasure>? logger = null)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ILogger logger = logger ?? NullLogger<LogErasure>.Instance;

    /// <summary>Truncates the log; waits for readers that still use it.</summary>
    /// <param name="cancellationToken">Cancels. The log is truncated after the next deletion or at the next start then.</param>
    /// <returns>False if readers held it for too long.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(Pause, cancellationToken);
            }

            await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken);
            if (await TruncateAsync(context.Database.GetDbConnection(), cancellationToken))
            {
                return true;
            }
        }

        logger.LogWarning("Readers still use deleted data in the write-ahead log; the next deletion or start truncates it");
        return false;
    }

    /// <summary>Truncates the log once, over an open connection; false if it is in use.</summary>
    internal static async Task<bool> TruncateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using DbCommand command = connection.CreateCommand();

            // Writers wait while the checkpoint waits for readers, so it waits only briefly. The setting belongs to the connection, which may be
            // pooled.
            command.CommandText = "PRAGMA busy_timeout=50";
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return await command.ExecuteScalarAsync(cancellationToken) is 0L;
        }
        catch (DbException exception) when (DatabaseFaults.IsBusy(exception))
        {
            return false;
        }
    }
}
