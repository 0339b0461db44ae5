using System.Security.Claims;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Security;
using Backprop.Client.Practice;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Questions;

/// <summary>Draws one question to think about, without a quiz.</summary>
internal static class RandomQuestion
{
    /// <summary>Maps the route.</summary>
    public static void Map(RouteGroupBuilder group) => group.MapGet("/random", DrawAsync).AllowOptionalLearner().WithName("GetRandomQuestion")
        .WithSummary("Get a random question without its key")
        .WithDescription("One of those that match the filters of the list, except open ones, each as likely as the others. A quiz grades answers.");

    private static async Task<Ok<QuestionPage>> DrawAsync(
        [AsParameters] QuestionQuery query, IQuestionBank bank, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        QuestionFilter filter = await query.FilterAsync(bank, user.LearnerId(), cancellationToken);
        QuestionCandidate[] matching = [.. await bank.ListAsync(filter with { IsClosed = true }, cancellationToken)];
        if (matching.Length == 0)
        {
            throw ProblemException.NotFound("No question matches these filters; GET /questions/facets counts those that do.");
        }

        IReadOnlyList<DrawableQuestion> drawn = await bank.ReadAsync([Random.Shared.GetItems(matching, 1)[0].Number], cancellationToken);
        BankedQuestion question = await bank.FindAsync(drawn[0].Question.Id, cancellationToken)
            ?? throw ProblemException.NotFound($"The question '{drawn[0].Question.Id}' has been retired.");
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Ok(QuestionMapper.Page(question));
    }
}
