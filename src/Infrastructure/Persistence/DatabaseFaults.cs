using Microsoft.Data.Sqlite;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Classifies database exceptions.</summary>
public static class DatabaseFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    // ENOSPC and EDQUOT; ERROR_DISK_FULL on Windows.
    private static readonly int[] NoSpace = OperatingSystem.IsWindows() ? [unchecked((int)0x80070070)] : [28, OperatingSystem.IsLinux() ? 122 : 69];

    /// <summary>True if another writer held the database for too long: nothing was changed, and the same write may succeed later.</summary>
    public static bool IsBusy(Exception exception) => exception.GetBaseException() is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>True if the database or a file next to it cannot be written: the disk is full, failing or read-only. Nothing was changed.</summary>
    public static bool IsUnwritable(Exception exception) => exception.GetBaseException() switch
    {
        SqliteException { SqliteErrorCode: ReadOnly or InputOutput or Full or CannotOpen } => true,
        IOException file => NoSpace.Contains(file.HResult),
        _ => false,
    };
}
