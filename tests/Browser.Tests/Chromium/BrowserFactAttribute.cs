namespace Backprop.Browser.Tests.Chromium;

/// <summary>A test in a browser; it is skipped with a message if there is none.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserTheoryAttribute.Reason;
}

/// <summary>A theory in a browser; it is skipped with a message if there is none.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Reason;

    /// <summary>Why it is skipped; null if it is not.</summary>
    public static string? Reason { get; } = ChromiumExecutable.Path is null
        ? $"there is no browser here; install Chromium, or set {ChromiumExecutable.Variable} to its executable"
        : null;
}
