using Backprop.Domain.Suggestions;

namespace Backprop.Domain.Practice.Questions;

/// <summary>The names that requests for questions may use.</summary>
/// <param name="ids">The ids of the questions that are not retired.</param>
/// <param name="topics">The ids of the topics.</param>
/// <param name="companies">The companies that ask questions; case is ignored.</param>
public sealed class QuestionNames(IReadOnlyList<string> ids, IReadOnlyList<string> topics, IReadOnlyList<string> companies)
{
    private readonly Lazy<NameSuggestions> suggestions = new(() => new NameSuggestions(ids));

    /// <summary>What is said of an id that no question has.</summary>
    /// <param name="id">The id.</param>
    public string Unknown(string id) => suggestions.Value.Message("No question", id);

    /// <summary>Requires that a filter names topics and companies that exist: a misspelt one would match nothing without a word.</summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="PracticeException">It names others.</exception>
    public void Require(QuestionFilter filter)
    {
        if (filter.Topic is { } topic && !topics.Contains(topic))
        {
            throw new PracticeException(PracticeError.UnknownTopic, new NameSuggestions(topics).Message("There is no topic", topic));
        }

        foreach ((int index, string company) in filter.Companies.Index())
        {
            if (!companies.Contains(company, StringComparer.OrdinalIgnoreCase))
            {
                string message = new NameSuggestions(companies).Message("No question names the company", company);
                throw new PracticeException(PracticeError.UnknownCompany, message) { Index = index };
            }
        }
    }
}

/// <summary>Checks what requests name against the bank.</summary>
public static class QuestionNameChecks
{
    /// <summary>The filter, whose topic and companies exist.</summary>
    /// <param name="bank">The questions.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PracticeException">They do not.</exception>
    public static async Task<QuestionFilter> CheckedAsync(this IQuestionBank bank, QuestionFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Topic is not null || filter.Companies.Count > 0)
        {
            (await bank.NamesAsync(cancellationToken)).Require(filter);
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
