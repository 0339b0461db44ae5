using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Filters, orders and counts over a set in memory, implemented directly.</summary>
internal static partial class Oracle
{
    public static IEnumerable<Question> Matching(QuestionSet set, QuestionFilter filter) => set.Questions.Where(question =>
        (filter.Topics.Count == 0 || filter.Topics.Contains(question.Topic))
        && (filter.Kinds.Count == 0 || filter.Kinds.Contains(question.Kind))
        && (filter.Difficulties.Count == 0 || filter.Difficulties.Contains(question.Difficulty))
        && (filter.Tags.Count == 0 || filter.Tags.Any(question.Tags.Contains))
        && (filter.Ids.Count == 0 || filter.Ids.Contains(question.Id))
        && AskedBy(question, filter)
        && (filter.Text is null || Has(question, filter.Text)));

    public static IEnumerable<Question> Ordered(Question[] questions, QuestionOrder order) => order switch
    {
        QuestionOrder.Oldest => questions,
        QuestionOrder.Newest => questions.Reverse(),
        QuestionOrder.Easiest => questions.OrderBy(question => question.Difficulty),
        _ => questions.Reverse().OrderByDescending(question => question.Difficulty),
    };

    public static (T Value, long Count)[] Counts<T>(QuestionSet set, QuestionFilter filter, Func<Question, IEnumerable<T>> values) =>
        [.. Matching(set, filter).SelectMany(values).GroupBy(value => value).Select(group => (group.Key, group.LongCount()))];

    private static bool AskedBy(Question question, QuestionFilter filter)
    {
        bool Asks(string company) => question.Companies.Any(tag => tag.Name.Equals(company, StringComparison.OrdinalIgnoreCase));
        return filter.Companies.Count == 0 || (filter.AllCompanies ? filter.Companies.All(Asks) : filter.Companies.Any(Asks));
    }

    // The synthetic words have only plural forms.
    private static bool Has(Question question, string text)
    {
        string searched = Plain($"{question.Title} | {question.Prompt} | {string.Join(' ', question.Tags)}");
        string[] words = [.. text.Split(' ', '\0', '"').Select(Plain).Where(word => word.Any(char.IsLetterOrDigit))];
        return words.Length > 0 && words.All(word => searched.Contains($" {word.Trim()} ", StringComparison.Ordinal));
    }

    private static string Plain(string text) => $" {Separators().Replace(text.ToLowerInvariant(), " ").Replace("s ", " ").Trim()} ".Replace("s ", " ");

    [GeneratedRegex(@"[^\p{L}\p{N}|]+")]
    private static partial Regex Separators();
}
