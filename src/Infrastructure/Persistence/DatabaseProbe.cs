using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Finds out whether the database can be written, by writing to it.</summary>
/// <param name="writes">Where writes queue.</param>
public sealed class DatabaseProbe(GroupCommitQueue writes)
{
    // A page is taken and given back, which a full database refuses, and one is written, which a full disk refuses.
    private const string Write = "SAVEPOINT probe; CREATE TABLE __Probe (x); ROLLBACK TO probe; RELEASE probe; PRAGMA user_version = 1;";

    /// <summary>Writes a page.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public Task RunAsync(CancellationToken cancellationToken) =>
        writes.RunAsync(context => context.Database.ExecuteSqlRawAsync(Write, CancellationToken.None), cancellationToken);
}
