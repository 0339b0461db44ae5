using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The names that requests for questions may use.</summary>
/// <param name="ids">The ids of the questions that are not retired.</param>
/// <param name="topics">The ids of the topics.</param>
/// <param name="companies">The companies that ask questions; case is ignored.</param>
/// <param name="tags">The labels of questions.</param>
public sealed class QuestionNames(
    IReadOnlyList<string> ids, IReadOnlyList<string> topics, IReadOnlyList<string> companies, IReadOnlyList<string> tags)
{
    private readonly Lazy<NameSuggestions> suggestions = new(() => new NameSuggestions(ids));

    /// <summary>What is said of an id that no question has.</summary>
    /// <param name="id">The id.</param>
    public string Unknown(string id) => suggestions.Value.Message("No question", id);

    /// <summary>Requires that a filter names topics, companies and labels that exist: a misspelt one would match nothing without a word.</summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="PracticeException">It names others.</exception>
    public void Require(QuestionFilter filter)
    {
        Require(filter.Topics, topics, StringComparer.Ordinal, PracticeError.UnknownTopic, "There is no topic");
        Require(filter.Companies, companies, StringComparer.OrdinalIgnoreCase, PracticeError.UnknownCompany, "No question names the company");
        Require(filter.Tags, tags, StringComparer.Ordinal, PracticeError.UnknownTag, "No question has the tag");
    }

    private static void Require(IReadOnlyList<string> named, IReadOnlyList<string> known, StringComparer comparer, PracticeError error,
        string subject)
    {
        foreach ((int index, string name) in named.Index())
        {
            if (!known.Contains(name, comparer))
            {
                throw new PracticeException(error, new NameSuggestions(known).Message(subject, name)) { Index = Place(index, named.Count, error) };
            }
        }
    }

    // A single value may be written without a list, except a company.
    internal static int? Place(int index, int count, PracticeError error) =>
        count > 1 || error == PracticeError.UnknownCompany ? index : null;
}

/// <summary>Checks what requests name against the bank.</summary>
public static class QuestionNameChecks
{
    /// <summary>The filter, whose topics, companies, labels and questions exist.</summary>
    /// <param name="bank">The questions.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PracticeException">They do not.</exception>
    public static async Task<QuestionFilter> CheckedAsync(this IQuestionBank bank, QuestionFilter filter, CancellationToken cancellationToken)
    {
        if (filter is { Topics.Count: 0, Companies.Count: 0, Tags.Count: 0, Ids.Count: 0 })
        {
            return filter;
        }

        QuestionNames names = await bank.NamesAsync(cancellationToken);
        names.Require(filter);
        IReadOnlyDictionary<string, BankedQuestion> found = await bank.FindAsync(filter.Ids, cancellationToken);
        foreach ((int index, string id) in filter.Ids.Index())
        {
            if (!found.ContainsKey(id))
            {
                int? place = QuestionNames.Place(index, filter.Ids.Count, PracticeError.UnknownQuestion);
                throw new PracticeException(PracticeError.UnknownQuestion, names.Unknown(id)) { Index = place };
            }
        }

        return filter;
    }

    /// <summary>The current version of a question.</summary>
    /// <param name="bank">The questions.</param>
    /// <param name="id">The id of the question.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PracticeException">There is none.</exception>
    public static async Task<BankedQuestion> RequireAsync(this IQuestionBank bank, string id, CancellationToken cancellationToken) =>
        await bank.FindAsync(id, cancellationToken)
        ?? throw PracticeException.NotFound((await bank.NamesAsync(cancellationToken)).Unknown(id));
}
