using Backprop.Client.Practice;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Api.Features.Questions;

/// <summary>Maps the filters of a body to those of the bank.</summary>
internal static class QuestionFilters
{
    public static QuestionFilter Read(QuizFilters? filters) => filters is null ? new QuestionFilter() : new QuestionFilter
    {
        Companies = filters.Company ?? [],
        AllCompanies = filters.CompanyMatch == CompanyMatch.All,
        Difficulty = (Domain.Practice.Questions.DifficultyLevel?)filters.Difficulty,
        Topic = filters.Topic?.ToLowerInvariant(),
        Kind = (Domain.Practice.Questions.QuestionFormat?)filters.Kind,
        Text = string.IsNullOrWhiteSpace(filters.Q) ? null : filters.Q,
    };
}
