using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Configures each connection: with the write-ahead log, <c>synchronous=FULL</c> flushes to disk at every commit, so that acknowledged writes survive
/// a killed process and a power failure; writers wait for each other. Deleted data are overwritten with zeros. The page cache has 32 MiB, enough for
/// the narrow tables and indexes of a large question bank.
/// </summary>
public sealed class DurabilityInterceptor : DbConnectionInterceptor
{
    /// <summary>What each connection runs first.</summary>
    internal const string Setup = "PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
        + "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Setup;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Setup;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
