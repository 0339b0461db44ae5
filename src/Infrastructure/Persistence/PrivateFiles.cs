namespace Backprop.Infrastructure.Persistence;

/// <summary>Files that only the service's own user may read and write (mode 0600). On Windows they have the rights of their folder.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for writing, or creates it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What to do if it is there, or is not.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>
    /// Creates a database file, or takes the rights to it from everyone else. SQLite gives the same mode to the log and the index that it makes
    /// beside it.
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
            // It must not be opened here if it is there: closing it would end the locks that SQLite holds on it in this process.
            foreach (string file in (string[])[path, path + "-wal", path + "-shm"])
                Restrict(file);
        }
    }

    /// <summary>Takes the rights to a file, if it is there and one's own, from everyone but its owner.</summary>
    /// <param name="path">The file.</param>
    public static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~OwnerOnly) == 0)
            return;
        try
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else owns the file, and so decides who may read it.
        }
    }
}
