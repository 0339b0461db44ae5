using System.Text.RegularExpressions;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>The form of aliases: ASCII only, so that no two aliases look alike and each is valid in a path unescaped.</summary>
public static partial class GraphAlias
{
    /// <summary>The rule, as an error message.</summary>
    public const string Rule = "An alias must have 1 to 100 ASCII letters, digits, '.', '_' and '-', begin with a letter or digit, "
        + "and not be 64 hexadecimal digits, which is the form of an id.";

    /// <summary>Whether a text may be an alias.</summary>
    public static bool IsValid(string text) => Form().IsMatch(text) && !Digest().IsMatch(text);

    /// <summary>Whether a text is the id of a graph rather than an alias.</summary>
    public static bool IsId(string text) => text.Length == RegisteredGraphConfiguration.IdLength && text.All(char.IsAsciiHexDigitLower);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z")]
    private static partial Regex Digest();
}
