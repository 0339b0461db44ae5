namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Turns words as typed by people into a full-text query without special syntax.</summary>
internal static class SearchText
{
    /// <summary>
    /// The query that requires every term, by any of its names: each name is quoted, so that only the tokenizer interprets it
    /// (https://sqlite.org/fts5.html, section 3.1). Null without words: such a query would be an error.
    /// </summary>
    public static string? Query(string text)
    {
        // A control character, including NUL, would end the query early.
        string[] words = string.Concat(text.Select(letter => char.IsControl(letter) || letter == '"' ? ' ' : letter))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] searched = [.. words.Where(word => word.Any(letter => char.IsLetter(letter) || char.IsNumber(letter)))];
        return searched.Length == 0 ? null : string.Join(" AND ", SearchTerms.Of(searched).Select(AnyOf));
    }

    /// <summary>The query for labels that may contain one of these; null without any word.</summary>
    public static string? LabelQuery(IReadOnlyList<string> tags)
    {
        string[] quoted = [.. tags.Select(tag => string.Concat(tag.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
            .Where(tag => tag.Any(char.IsAsciiLetterOrDigit)).Select(tag => $"\"{tag}\"")];
        return quoted.Length == 0 ? null : $"\"Tags\" : ({string.Join(" OR ", quoted)})";
    }

    private static string AnyOf(IReadOnlyList<string> names)
    {
        string quoted = string.Join(" OR ", names.Select(name => $"\"{name}\""));
        return names.Count == 1 ? quoted : $"({quoted})";
    }
}
