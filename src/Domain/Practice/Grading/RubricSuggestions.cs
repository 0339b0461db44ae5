using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Suggests which facts of a rubric an answer in words mentions: those of whose significant words it has at least half. It compares words, not
/// meaning, so it only helps the learner to mark.
/// </summary>
public static partial class RubricSuggestions
{
    private const int ShortestWord = 4;
    private const int StemLength = 6;

    /// <summary>The ids of the facts that an answer seems to mention, in the order of the rubric.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="answer">The answer.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<RubricFact> rubric, string answer)
    {
        HashSet<string> given = Significant(answer);
        return [.. rubric.Where(fact => IsMentioned(Significant(fact.Text), given)).Select(fact => fact.Id)];
    }

    private static bool IsMentioned(HashSet<string> fact, HashSet<string> given) => fact.Count > 0 && 2 * fact.Count(given.Contains) >= fact.Count;

    // The first letters of long words and of numbers, so that forms of a word are alike.
    private static HashSet<string> Significant(string text) =>
    [
        .. Words().Matches(text.ToLowerInvariant()).Select(match => match.Value)
            .Where(word => word.Length >= ShortestWord || char.IsAsciiDigit(word[0]))
            .Select(Stem),
    ];

    private static string Stem(string word)
    {
        string singular = word.Length > ShortestWord && word[^1] == 's' ? word[..^1] : word;
        return singular.Length > StemLength ? singular[..StemLength] : singular;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
