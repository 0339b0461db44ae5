using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Sets up each connection: with the write-ahead log, <c>synchronous=FULL</c> waits for the disk at every commit, so that
/// what was acknowledged survives a killed process and a power cut; writers wait for each other. What is deleted is overwritten with zeros. Pages
/// are kept up to 32 MiB, which holds the narrow tables and indexes of a large bank of questions.
/// </summary>
public sealed class DurabilityInterceptor : DbConnectionInterceptor
{
    private const string Setup = "PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
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
