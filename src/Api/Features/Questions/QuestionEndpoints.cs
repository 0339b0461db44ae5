using System.Security.Claims;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Questions;

/// <summary>Reads questions: no key is ever revealed here, except the model answers of interview questions.</summary>
internal static class QuestionEndpoints
{
    private const int MostListed = 100;
    private const string ExampleId = "why-backpropagation-is-linear";

    /// <summary>Maps the routes.</summary>
    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/questions").WithTags("Practice");
        group.MapGet("", ListAsync).AllowOptionalLearner().WithName("ListQuestions")
            .WithSummary("Search questions")
            .WithDescription("By company, difficulty, topic, kind, label, id and words; the values of one filter are alternatives, and the filters " +
                "combine. `unseen` and `answeredWrong` select by the answers of the signed-in learner. `hide` leaves out what may tell how to " +
                "answer. In pages of `limit`: `nextCursor`, or the header `Link`, leads to the next page, and every question is listed once. " +
                "Responses have an `ETag`, unless they depend on the learner; 304 means that nothing has changed. Keys are not included.")
            .WithParameterExample("q", "chain rule")
            .Produces(StatusCodes.Status304NotModified);
        group.MapGet("/facets", FacetsAsync).AllowOptionalLearner().WithName("CountQuestions")
            .WithSummary("Count questions by company, difficulty, topic, kind and label")
            .WithDescription("Takes the filters of the list. Each value is counted under the other filters, so that a count says how many " +
                "questions choosing that value would show.")
            .WithParameterExample("q", "gradient")
            .Produces(StatusCodes.Status304NotModified);
        RandomQuestion.Map(group);
        group.MapGet("/{id}", GetAsync).WithName("GetQuestion")
            .WithSummary("Get a question without its key")
            .WithDescription("Choices are in alphabetical order. If quizzes draw the question from a seed, this is the draw of seed 0.")
            .WithParameterExample("id", ExampleId)
            .Produces(StatusCodes.Status304NotModified);
        group.MapGet("/{id}/hints/{number:int}", HintAsync).WithName("GetHint")
            .WithSummary("Get a hint")
            .WithDescription("Hints are numbered from 1 to the number that the question states, the vaguest first.")
            .WithParameterExample("id", ExampleId)
            .WithParameterExample("number", "1")
            .Produces(StatusCodes.Status304NotModified);
        group.MapGet("/{id}/answer", AnswerAsync).WithName("GetAnswer")
            .WithSummary("Get the model answer of an interview question")
            .WithDescription("With its rubric and sources. Only questions of kind `interview` have a model answer; others are graded by quizzes, " +
                "which then reveal the answer, and get 409 here.")
            .WithParameterExample("id", ExampleId)
            .Produces(StatusCodes.Status304NotModified)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
    }

    private static async Task<Results<Ok<QuestionList>, StatusCodeHttpResult>> ListAsync(
        [AsParameters] QuestionQuery query, QuestionBank bank, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken,
        EnumQueryValue<QuestionSort>? sort = null, EnumQueryValue<QuestionDetail>[]? hide = null, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        QuestionFilter filter = await query.FilterAsync(bank, user.LearnerId(), cancellationToken);
        QuestionSort order = sort?.Value ?? (filter.Text is null ? QuestionSort.Oldest : QuestionSort.Relevance);
        if (order == QuestionSort.Relevance && filter.Text is null)
        {
            throw new ProblemException(422, "sort", "Sorting by relevance requires words in q.");
        }

        if (await IsKnownAsync(filter, bank, context, cancellationToken))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        QuestionDetail[] hidden = [.. (hide ?? []).Select(detail => detail.Value)];
        ListedQuestions page = await bank.ListAsync(filter, (QuestionOrder)order, limit, cursor, cancellationToken);
        if (page.NextCursor is { } next)
        {
            context.Response.Headers.Link = $"<{NextPage(context.Request, next)}>; rel=\"next\"";
        }

        return TypedResults.Ok(new QuestionList
        {
            Items = [.. page.Items.Select(question => QuestionMapper.Summary(question, hidden))],
            Total = page.Total,
            NextCursor = page.NextCursor
        });
    }

    private static async Task<Results<Ok<QuestionFacets>, StatusCodeHttpResult>> FacetsAsync(
        [AsParameters] QuestionQuery query, QuestionBank bank, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        QuestionFilter filter = await query.FilterAsync(bank, user.LearnerId(), cancellationToken);
        return await IsKnownAsync(filter, bank, context, cancellationToken)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(QuestionMapper.Facets(await bank.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Ok<QuestionPage>,
        StatusCodeHttpResult>> GetAsync(string id, QuestionBank bank, HttpContext context, CancellationToken cancellationToken) =>
        await ShowAsync(id, bank, context, QuestionMapper.Page, cancellationToken);

    private static async Task<Results<Ok<QuestionHint>, StatusCodeHttpResult>> HintAsync(
        string id, int number, QuestionBank bank, HttpContext context, CancellationToken cancellationToken) =>
        await ShowAsync(id, bank, context, question => Hint(question, number), cancellationToken);

    private static async Task<Results<Ok<InterviewAnswer>, StatusCodeHttpResult>> AnswerAsync(
        string id, QuestionBank bank, HttpContext context, CancellationToken cancellationToken) =>
        await ShowAsync(id, bank, context, Answer, cancellationToken);

    private static QuestionHint Hint(BankedQuestion question, int number)
    {
        IReadOnlyList<string> hints = question.Shown.Hints;
        return number >= 1 && number <= hints.Count
            ? new QuestionHint { Number = number, Of = hints.Count, Text = hints[number - 1] }
            : throw ProblemException.NotFound($"The question '{question.Shown.Id}' has no hint {number}; its hints count from 1 to {hints.Count}.");
    }

    private static InterviewAnswer Answer(BankedQuestion question) => QuestionMapper.Answer(question)
        ?? throw new ProblemException(new Problem(409,
            $"The question '{question.Shown.Id}' is not of kind interview; a quiz grades it and then reveals the answer."));

    // The revision is read before the question: if both change meanwhile, the older tag only makes a client ask once more.
    private static async Task<Results<Ok<T>, StatusCodeHttpResult>> ShowAsync<T>(
        string id, QuestionBank bank, HttpContext context, Func<BankedQuestion, T> show, CancellationToken cancellationToken)
    {
        Guid revision = await bank.RevisionAsync(cancellationToken);
        BankedQuestion question = await bank.RequireAsync(id, cancellationToken);
        T answer = show(question);
        return EntityTags.IsKnown(context, revision) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(answer);
    }

    // What depends on a learner changes with every answer, and belongs in no cache.
    private static async Task<bool> IsKnownAsync(QuestionFilter filter, QuestionBank bank, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (filter is { UnseenBy: null, AnsweredWrongBy: null })
        {
            return EntityTags.IsKnown(context, await bank.RevisionAsync(cancellationToken));
        }

        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return false;
    }

    private static string NextPage(HttpRequest request, string cursor)
    {
        IEnumerable<string> others = request.Query
            .Where(entry => entry.Key != "cursor")
            .SelectMany(entry => entry.Value.Select(value => $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(value ?? "")}"));
        return $"{request.PathBase}{request.Path}?{string.Join('&', others.Append($"cursor={Uri.EscapeDataString(cursor)}"))}";
    }
}
