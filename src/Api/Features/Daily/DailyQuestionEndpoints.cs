using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Learners;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Learners;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Daily;

/// <summary>One question a day.</summary>
public static class DailyQuestionEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapDailyQuestion(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/daily-question").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapGet("", GetAsync).WithName("GetDailyQuestion")
            .WithSummary("The question of the day")
            .WithDescription("The same for everyone from midnight to midnight UTC. All questions that can be graded take turns in a drawn order, " +
                "each once before one comes again; none is open or of kind interview. Choices are in alphabetical order.")
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemWriter.ContentType);
        group.MapPost("/answers", AnswerAsync).WithName("AnswerDailyQuestion")
            .WithSummary("Answers the question of the day")
            .WithDescription(
                "Graded as an item of a quiz is, and whoever answers is told the key then. The first answer of who is signed in counts towards " +
                    "progress and reviews. "
                + "With `date` an answer that comes after midnight is 409 and not held against another question.")
            .WithExample("A choice", LearnerExamples.Daily)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
    }

    private static async Task<Ok<DailyQuestion>> GetAsync(DailyService daily, CancellationToken cancellation) =>
        TypedResults.Ok(await daily.TodayAsync(cancellation));

    private static async Task<Ok<DailyAnswerResult>> AnswerAsync(JsonBody<DailyAnswerRequest> body, DailyService daily, ClaimsPrincipal user,
        RequestBudget budget) =>
        TypedResults.Ok(await daily.AnswerAsync(body.Value, user.LearnerId(), budget.Token));
}
