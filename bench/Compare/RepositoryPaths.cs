namespace Backprop.Compare;

/// <summary>Paths in the repository.</summary>
internal static class RepositoryPaths
{
    private static readonly Lazy<string> Root = new(() =>
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Backprop.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("run from within the repository");
    });

    /// <summary>A file of the peers.</summary>
    public static string Peers(string file) => Path.Combine(Root.Value, "bench", "peers", file);

    /// <summary>A build output of a project.</summary>
    public static string Built(string project, string file) => Path.Combine(Root.Value, "artifacts", "bin", project, "release", file);

    /// <summary>A folder for the builds of the peers.</summary>
    public static string BuiltPeers => Directory.CreateDirectory(Path.Combine(Root.Value, "artifacts", "peers")).FullName;
}
