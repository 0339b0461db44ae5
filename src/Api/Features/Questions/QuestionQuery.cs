using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Questions;

/// <summary>The filters of a query for questions; they combine.</summary>
internal sealed class QuestionQuery
{
    private const int MaxCompanies = 20;
    private const int MaxText = 200;

    /// <summary>A company known to ask the question; may be repeated. Case is ignored.</summary>
    [FromQuery(Name = "company")]
    public string[]? Company { get; init; }

    /// <summary>Whether one of the companies must ask it (the default) or all of them.</summary>
    [FromQuery(Name = "companyMatch")]
    public EnumQueryValue<CompanyMatch>? CompanyMatch { get; init; }

    /// <summary>Its difficulty.</summary>
    [FromQuery(Name = "difficulty")]
    public EnumQueryValue<Difficulty>? Difficulty { get; init; }

    /// <summary>The id of its topic, as listed by the facets.</summary>
    [FromQuery(Name = "topic")]
    public string? Topic { get; init; }

    /// <summary>Its kind, that is, how it is answered.</summary>
    [FromQuery(Name = "kind")]
    public EnumQueryValue<QuestionKind>? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all contain, in any form and order. There is no query syntax.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>The filter.</summary>
    /// <param name="bank">The questions.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProblemException">It is too long (422).</exception>
    /// <exception cref="PracticeException">It names a topic or a company that does not exist.</exception>
    internal Task<QuestionFilter> FilterAsync(IQuestionBank bank, CancellationToken cancellationToken) =>
        bank.CheckedAsync(Filter(), cancellationToken);

    private QuestionFilter Filter()
    {
        string[] companies = [.. (Company ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (companies.Length > MaxCompanies)
        {
            throw new ProblemException(422, "company", $"company may be repeated at most {MaxCompanies} times; got {companies.Length}.");
        }

        if (Q?.Length > MaxText)
        {
            throw new ProblemException(422, "q", $"q must have at most {MaxText} characters; got {Q.Length}.");
        }

        return new QuestionFilter
        {
            Companies = companies,
            AllCompanies = CompanyMatch?.Value == Client.Practice.CompanyMatch.All,
            Difficulty = (Domain.Practice.Questions.DifficultyLevel?)Difficulty?.Value,
            Topic = Topic?.ToLowerInvariant(),
            Kind = (Domain.Practice.Questions.QuestionFormat?)Kind?.Value,
            Text = string.IsNullOrWhiteSpace(Q) ? null : Q,
        };
    }
}
