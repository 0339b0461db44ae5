namespace Backprop.Browser.Tests.Chromium;

/// <summary>The Chromium or Chrome that is installed on this machine; none is downloaded.</summary>
internal static class ChromiumExecutable
{
    /// <summary>The environment variable that names the executable if it is not on the path.</summary>
    public const string Variable = "CHROMIUM_PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its path; null if there is none.</summary>
    public static string? Path { get; } = Candidates().FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates() =>
        from candidate in OnPath().Prepend(Environment.GetEnvironmentVariable(Variable))
        where !string.IsNullOrEmpty(candidate)
        select candidate;

    private static IEnumerable<string> OnPath() =>
        from name in Names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        select System.IO.Path.Combine(folder, name);
}
