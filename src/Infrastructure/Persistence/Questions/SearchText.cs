namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Words as people type them, made into a query of the full-text index in which nothing of them is syntax.</summary>
internal static class SearchText
{
    /// <summary>
    /// The query that demands every word: each is quoted, which leaves it to the tokenizer alone (https://sqlite.org/fts5.html, section 3.1).
    /// Null where there is no word: such a query would be an error, and finds nothing.
    /// </summary>
    public static string? Query(string text)
    {
        // A control character, NUL among them, would end the query early.
        string[] words = string.Concat(text.Select(letter => char.IsControl(letter) || letter == '"' ? ' ' : letter))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] searched = [.. words.Where(word => word.Any(letter => char.IsLetter(letter) || char.IsNumber(letter)))];
        return searched.Length == 0 ? null : string.Join(' ', searched.Select(word => $"\"{word}\""));
    }
}
