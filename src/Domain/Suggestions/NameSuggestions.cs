namespace Backprop.Domain.Suggestions;

/// <summary>
/// The known names that an unknown one may stand for. Only letters and digits count, in either case: <c>gpt2</c> and <c>GPT-2</c> are alike. In this
/// order, the first rule that finds any decides: the same letters; a synonym; the smallest edit distance, up to a third of the letters, with the
/// fewest other letters; longer names that begin with it or contain it; shorter ones that it contains.
/// </summary>
/// <param name="known">The known names, in the order in which they are suggested.</param>
/// <param name="synonyms">What other libraries call them: an unknown name and the known names that it may mean. Unknown ones are left out.</param>
public sealed class NameSuggestions(IEnumerable<string> known, IReadOnlyDictionary<string, string[]>? synonyms = null)
{
    private const int MostSuggested = 3;
    private const int MostListed = 12;
    private const int LongestName = 64;
    private const int LongestList = 2000;
    private const int MostEdits = 3;
    private const int ShortestPart = 3;

    private readonly (string Name, string Key)[] names = [.. known.Distinct().Take(LongestList).Select(name => (name, Key(name)))];
    private readonly Dictionary<string, string[]> meanings = Meanings(synonyms);

    /// <summary>At most three names, the likeliest first; none if nothing is alike.</summary>
    /// <param name="name">The unknown name.</param>
    public IReadOnlyList<string> For(string name)
    {
        string key = Key(name);
        if (key.Length is 0 or > LongestName)
        {
            return [];
        }

        string[] found = Where(known => known == key);
        found = found.Length > 0 ? found : Synonyms(key);
        found = found.Length > 0 ? found : Nearest(key);
        found = found.Length > 0 || key.Length < ShortestPart ? found : Parts(key);
        return found.Length > MostSuggested ? found[..MostSuggested] : found;
    }

    /// <summary>
    /// The end of a message about an unknown name: <c>; did you mean 'a' or 'b'?</c>, otherwise <c>; expected a, b or c</c> if the names are few,
    /// otherwise <paramref name="otherwise"/>.
    /// </summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="otherwise">What to say if nothing is alike and the names are many, such as <c>; GET /models lists all of them</c>.</param>
    public string Hint(string name, string otherwise = "") => For(name) is { Count: > 0 } found
        ? $"; did you mean {Alternatives([.. found.Select(known => $"'{known}'")])}?"
        : names.Length is > 0 and <= MostListed ? $"; expected {Alternatives([.. names.Select(known => known.Name)])}"
        : otherwise;

    /// <summary>A sentence about an unknown name: <c>There is no topic 'costs'; did you mean 'training-cost'?</c></summary>
    /// <param name="subject">What is unknown: <c>There is no topic</c>.</param>
    /// <param name="name">The unknown name.</param>
    /// <param name="otherwise">What to say if nothing is alike and the names are many.</param>
    public string Message(string subject, string name, string otherwise = "")
    {
        string hint = Hint(name, otherwise);
        return $"{subject} '{name}'{hint}{(hint.EndsWith('?') ? "" : ".")}";
    }

    /// <summary>Words as alternatives: <c>a, b or c</c>.</summary>
    /// <param name="words">The words; at least one.</param>
    public static string Alternatives(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    private string[] Where(Predicate<string> matches) => [.. names.Where(known => matches(known.Key)).Select(known => known.Name)];

    private string[] Synonyms(string key) => meanings.TryGetValue(key, out string[]? meant)
        ? [.. meant.Where(name => names.Any(known => known.Name == name))]
        : [];

    private string[] Nearest(string key)
    {
        int most = Math.Min(MostEdits, key.Length / 3);
        (string Name, (int Edits, int Letters) Distance)[] near =
        [
            .. names.Where(known => Math.Abs(known.Key.Length - key.Length) <= most)
                .Select(known => (known.Name, Distance: (EditDistance.Of(key, known.Key), OtherLetters(key, known.Key))))
                .Where(pair => pair.Distance.Item1 <= most),
        ];
        (int, int) least = near.Length == 0 ? (0, 0) : near.Min(pair => pair.Distance);
        return [.. near.Where(pair => pair.Distance == least).Select(pair => pair.Name)];
    }

    // Letters swapped or doubled are likelier slips than other letters: sinn is sin rather than sinh.
    private static int OtherLetters(string first, string second) => first.Except(second).Count() + second.Except(first).Count();

    private string[] Parts(string key)
    {
        string[] longer = Where(known => known.StartsWith(key, StringComparison.Ordinal));
        longer = longer.Length > 0 ? longer : Where(known => known.Contains(key, StringComparison.Ordinal));
        return longer.Length > 0
            ? longer
            : [.. names.Where(known => known.Key.Length >= ShortestPart && key.Contains(known.Key, StringComparison.Ordinal))
                .OrderByDescending(known => known.Key.Length).Select(known => known.Name)];
    }

    private static Dictionary<string, string[]> Meanings(IReadOnlyDictionary<string, string[]>? synonyms)
    {
        Dictionary<string, string[]> meanings = [];
        foreach ((string name, string[] meant) in synonyms ?? new Dictionary<string, string[]>())
        {
            meanings[Key(name)] = meant;
        }

        return meanings;
    }

    private static string Key(string name) => name.Length > 4 * LongestName ? string.Empty
        : string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
