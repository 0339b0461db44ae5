using System.Text.RegularExpressions;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>What an alias looks like. ASCII alone, so that no two aliases look alike and each can stand in a path as it is.</summary>
public static partial class GraphAlias
{
    /// <summary>The rule, for whoever breaks it.</summary>
    public const string Rule = "An alias has between 1 and 100 ASCII letters, digits, '.', '_' and '-', begins with a letter or digit, "
        + "and is not 64 hexadecimal digits, which is the form of an id.";

    /// <summary>Whether a text may be an alias.</summary>
    public static bool IsValid(string text) => Form().IsMatch(text) && !Digest().IsMatch(text);

    /// <summary>Whether a text is the id of a graph rather than an alias.</summary>
    public static bool IsId(string text) => text.Length == RegisteredGraphConfiguration.IdLength && text.All(char.IsAsciiHexDigitLower);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z")]
    private static partial Regex Digest();
}
