using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Practice;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Questions;

/// <summary>The filters of a query for questions; they combine.</summary>
public sealed class QuestionQuery
{
    private const int MaxCompanies = 20;
    private const int MaxText = 200;

    /// <summary>A company that is known to ask the question; may be repeated. Upper and lower case are one.</summary>
    [FromQuery(Name = "company")]
    public string[]? Company { get; init; }

    /// <summary>Whether one of the companies must ask it (the default) or all of them.</summary>
    [FromQuery(Name = "companyMatch")]
    public EnumQueryValue<CompanyMatch>? CompanyMatch { get; init; }

    /// <summary>How hard it is.</summary>
    [FromQuery(Name = "difficulty")]
    public EnumQueryValue<Difficulty>? Difficulty { get; init; }

    /// <summary>The id of its topic, as the facets tell it.</summary>
    [FromQuery(Name = "topic")]
    public string? Topic { get; init; }

    /// <summary>How it is answered.</summary>
    [FromQuery(Name = "kind")]
    public EnumQueryValue<QuestionKind>? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all have, in any form and order. Nothing in it is syntax.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>The filter that is asked for.</summary>
    /// <exception cref="ProblemException">It is too long (422).</exception>
    internal QuestionFilter Filter()
    {
        string[] companies = [.. (Company ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (companies.Length > MaxCompanies)
            throw new ProblemException(422, "company", $"{companies.Length} companies are named; {MaxCompanies} are the most.");
        if (Q?.Length > MaxText)
            throw new ProblemException(422, "q", $"The text has {Q.Length} characters; {MaxText} are the most.");
        return new QuestionFilter
        {
            Companies = companies,
            AllCompanies = CompanyMatch?.Value == Client.Practice.CompanyMatch.All,
            Difficulty = (Domain.Practice.Questions.DifficultyLevel?)Difficulty?.Value,
            Topic = Topic,
            Kind = (Domain.Practice.Questions.QuestionFormat?)Kind?.Value,
            Text = string.IsNullOrWhiteSpace(Q) ? null : Q,
        };
    }
}
