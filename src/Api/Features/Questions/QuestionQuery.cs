using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Questions;

/// <summary>The filters of a query for questions: the values of one are alternatives; the filters combine.</summary>
internal sealed class QuestionQuery
{
    /// <summary>A company known to ask the question; may be repeated. Case is ignored.</summary>
    [FromQuery(Name = "company")]
    public string[]? Company { get; init; }

    /// <summary>Whether one of the companies must ask it (the default) or all of them.</summary>
    [FromQuery(Name = "companyMatch")]
    public EnumQueryValue<CompanyMatch>? CompanyMatch { get; init; }

    /// <summary>Its difficulty; may be repeated.</summary>
    [FromQuery(Name = "difficulty")]
    public EnumQueryValue<Difficulty>[]? Difficulty { get; init; }

    /// <summary>The id of its topic, as listed by the facets; may be repeated.</summary>
    [FromQuery(Name = "topic")]
    public string[]? Topic { get; init; }

    /// <summary>Its kind, that is, how it is answered; may be repeated.</summary>
    [FromQuery(Name = "kind")]
    public EnumQueryValue<QuestionKind>[]? Kind { get; init; }

    /// <summary>A label of the question, as listed by the facets; may be repeated.</summary>
    [FromQuery(Name = "tag")]
    public string[]? Tag { get; init; }

    /// <summary>The id of the question; may be repeated.</summary>
    [FromQuery(Name = "id")]
    public string[]? Id { get; init; }

    /// <summary>Words that title, prompt and labels must all contain, in any form and order. There is no query syntax.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Whether only questions match that the signed-in learner has not answered or reviewed yet.</summary>
    [FromQuery(Name = "unseen")]
    public bool? Unseen { get; init; }

    /// <summary>Whether only questions match whose last graded answer by the signed-in learner did not score fully.</summary>
    [FromQuery(Name = "answeredWrong")]
    public bool? AnsweredWrong { get; init; }

    /// <summary>The filter.</summary>
    /// <param name="bank">The questions.</param>
    /// <param name="learner">The signed-in learner, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProblemException">It breaks the rules, or asks for the answers of a learner without one (422).</exception>
    /// <exception cref="PracticeException">It names a topic, a company, a label or a question that does not exist.</exception>
    internal Task<QuestionFilter> FilterAsync(IQuestionBank bank, string? learner, CancellationToken cancellationToken)
    {
        var filters = new QuizFilters
        {
            Company = Company,
            CompanyMatch = CompanyMatch?.Value,
            Difficulty = Values(Difficulty),
            Topic = Topic,
            Kind = Values(Kind),
            Tag = Tag,
            Id = Id,
            Q = Q,
            Unseen = Unseen,
            AnsweredWrong = AnsweredWrong,
        };
        QuestionFilters.Require(filters);
        return bank.CheckedAsync(QuestionFilters.Read(filters, learner, path: ""), cancellationToken);
    }

    private static T[]? Values<T>(EnumQueryValue<T>[]? words) where T : struct, Enum =>
        words is null ? null : Array.ConvertAll(words, word => word.Value);
}
