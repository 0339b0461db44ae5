namespace Backprop.Infrastructure.Persistence;

/// <summary>Files that only the service's own user may read and write (mode 0600). On Windows they have the permissions of their folder.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for writing, or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What to do if it exists or does not.</param>
    /// <param name="share">What others may do with it while it is open.</param>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Creates a database file, or restricts its permissions to its owner. SQLite uses the same mode for the log and the index next to it.
    /// </summary>
    /// <param name="path">The database.</param>
    public static void CreateDatabase(string path)
    {
        try
        {
            Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // An existing database must not be opened here: closing it would release the locks that SQLite holds on it in this process.
            foreach (string file in (string[])[path, path + "-wal", path + "-shm"])
            {
                Restrict(file);
            }
        }
    }

    /// <summary>Restricts the permissions of a file to its owner, if it exists and belongs to this user.</summary>
    /// <param name="path">The file.</param>
    public static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~OwnerOnly) == 0)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user owns the file, and decides who may read it.
        }
    }
}
