using Backprop.Api.Platform.Problems;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;
using FluentValidation.Results;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps the filters of the contract, from a body or a query, to those of the bank.</summary>
internal static class QuestionFilters
{
    private static readonly QuestionFilterValidator Rules = new();

    /// <summary>The filter.</summary>
    /// <param name="filters">The filters; null for none.</param>
    /// <param name="learner">The signed-in learner, or null.</param>
    /// <param name="path">The path of the filters in the request, ending in a dot, or empty.</param>
    /// <exception cref="ProblemException">A filter asks for the answers of a learner, and nobody is signed in (422).</exception>
    public static QuestionFilter Read(QuizFilters? filters, string? learner, string path = "filters.") => filters is null ? new QuestionFilter()
        : new QuestionFilter
        {
            Companies = [.. (filters.Company ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
            AllCompanies = filters.CompanyMatch == CompanyMatch.All,
            Difficulties = [.. (filters.Difficulty ?? []).Select(one => (DifficultyLevel)one).Distinct()],
            Topics = Names(filters.Topic),
            Kinds = [.. (filters.Kind ?? []).Select(one => (QuestionFormat)one).Distinct()],
            Tags = Names(filters.Tag),
            Ids = Names(filters.Id),
            Text = string.IsNullOrWhiteSpace(filters.Q) ? null : filters.Q,
            UnseenBy = filters.Unseen == true ? learner ?? throw SignIn($"{path}unseen") : null,
            AnsweredWrongBy = filters.AnsweredWrong == true ? learner ?? throw SignIn($"{path}answeredWrong") : null,
        };

    /// <summary>Requires that the filters of a query keep the rules of those of a body.</summary>
    /// <param name="filters">The filters.</param>
    /// <exception cref="ProblemException">They do not (422).</exception>
    public static void Require(QuizFilters filters)
    {
        if (Rules.Validate(filters) is { IsValid: false, Errors: [ValidationFailure first, ..] })
        {
            throw new ProblemException(422, first.PropertyName, first.ErrorMessage);
        }
    }

    private static string[] Names(OneOrMany<string>? names) =>
        [.. (names ?? []).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    private static ProblemException SignIn(string path) => new(422, path,
        $"{path.Split('.')[^1]} selects by the answers of a learner; sign in with POST /account/login.");
}
