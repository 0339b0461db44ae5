using System.Security.Claims;
using Backprop.Api.Features.Interviews;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Interviews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Learners;

/// <summary>The interviews of a learner.</summary>
internal static class InterviewHistory
{
    private const int MostListed = 50;

    /// <summary>Maps the route.</summary>
    /// <param name="group">The routes of the learner.</param>
    public static void MapInterviewHistory(this RouteGroupBuilder group) => group.MapGet("/interviews", ListAsync).WithName("ListInterviews")
        .WithSummary("List your interviews")
        .WithDescription("With the time taken and the score, the newest first, in pages of `limit`; `questionId` shows how answers to one question " +
            "have changed. `GET /interviews/{id}` shows an answer beside the model answer.")
        .WithParameterExample("questionId", "why-backpropagation-is-linear");

    private static async Task<Ok<InterviewList>> ListAsync(InterviewService interviews, ClaimsPrincipal user, CancellationToken cancellationToken,
        string? questionId = null, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        InterviewListing page = await interviews.ListAsync(user.LearnerId()!, questionId, limit, cursor, cancellationToken);
        return TypedResults.Ok(new InterviewList { Items = [.. page.Items.Select(InterviewMapper.Summary)], NextCursor = page.NextCursor });
    }
}
