using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Checks whether the database is writable by writing to it.</summary>
/// <param name="writes">The queue of writes.</param>
public sealed class DatabaseProbe(GroupCommitQueue writes)
{
    // A page is allocated and freed, which a full database rejects, and one is written, which a full disk rejects.
    private const string Write = "SAVEPOINT probe; CREATE TABLE __Probe (x); ROLLBACK TO probe; RELEASE probe; PRAGMA user_version = 1;";

    /// <summary>Writes a page.</summary>
    /// <exception cref="SqliteException">The write failed.</exception>
    public Task RunAsync(CancellationToken cancellationToken) =>
        writes.RunAsync(context => context.Database.ExecuteSqlRawAsync(Write, CancellationToken.None), cancellationToken);
}
