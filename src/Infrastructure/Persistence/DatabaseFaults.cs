using Microsoft.Data.Sqlite;

namespace Backprop.Infrastructure.Persistence;

/// <summary>What an exception of the database means.</summary>
public static class DatabaseFaults
{
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>True where somebody else wrote for longer than a write may wait: nothing was changed, and the same write may succeed later.</summary>
    public static bool IsBusy(Exception exception) => exception.GetBaseException() is SqliteException { SqliteErrorCode: Busy or Locked };
}
