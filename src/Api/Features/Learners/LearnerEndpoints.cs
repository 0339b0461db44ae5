using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Learners;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Learners;

/// <summary>What a learner who is signed in finds again: progress, reviews, and all data to take along or to delete.</summary>
public static class LearnerEndpoints
{
    private const int MostListed = 50;

    /// <summary>Maps the routes.</summary>
    public static void MapLearners(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/learners/me").WithTags("Learners").RequireLearner().PrivateNoStore().WithBodySize(BodySize.Short);
        group.MapGet("/progress", ProgressAsync).WithName("GetProgress")
            .WithSummary("Progress by topic and difficulty")
            .WithDescription(
                "All graded answers of quizzes, interviews, reviews and daily questions. A topic is weak where three or more answers were graded, " +
                    "the last twenty score below 0.8 on average, "
                + "and the lower bound of their 95 % confidence interval (Wilson) is below one half.");
        group.MapGet("/reviews", DueAsync).WithName("ListReviews")
            .WithSummary("The questions that are due for review")
            .WithDescription("The longest due first, at most `limit` (10, up to 50). Every graded answer puts its question under review; FSRS-6 " +
                "says when it is due. Of a question that is drawn, each review draws other numbers.");
        group.MapPost("/reviews/{questionId}", ReviewAsync).WithValidation<ReviewRequest>().WithName("Review")
            .WithSummary("Reviews a question")
            .WithDescription(
                "By an `answer`, which the service grades (a full score is rated good, at least half of it hard, less again), or by a `rating` of " +
                    "one's own. "
                + "A question that is not under review yet is taken up. `review` guards against a second review by mistake: 409 where another one " +
                    "came first. An answer that cannot be read is 422 and changes nothing.")
            .WithParameterExample("questionId", LearnerExamples.QuestionId)
            .WithExample("An answer", LearnerExamples.Answer)
            .WithExample("A rating", LearnerExamples.Rating)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapGet("/export", ExportAsync).WithName("ExportLearner")
            .WithSummary("Everything that the service holds of the learner")
            .WithDescription(
                "Account, sessions, answers, reviews, quizzes and interviews. Of the password only a hash exists, which is not told; neither are "
                + "the key and the recovery codes of an authenticator app.");
        group.MapDelete("", DeleteAsync).WithName("DeleteLearner")
            .WithSummary("Deletes the account and everything that belongs to it")
            .WithDescription("At once and for good: the service's files keep nothing of it. Tokens of the account are no longer taken.");
    }

    private static async Task<Ok<LearnerProgress>> ProgressAsync(LearnerHistory history, ClaimsPrincipal user, TimeProvider time,
        CancellationToken cancellation) =>
        TypedResults.Ok(LearnerMapper.Progress(await history.ReadAsync(user.LearnerId()!, time.GetUtcNow(), cancellation)));

    private static async Task<Ok<ReviewQueue>> DueAsync(ReviewService reviews, ClaimsPrincipal user, RequestBudget budget, int limit = 10)
    {
        if (limit is < 1 or > MostListed)
            throw new ProblemException(422, "limit", $"limit is {limit}; it must lie between 1 and {MostListed}.");
        return TypedResults.Ok(await reviews.DueAsync(user.LearnerId()!, limit, budget.Token));
    }

    private static async Task<Ok<ReviewResult>> ReviewAsync(
        string questionId, JsonBody<ReviewRequest> body, ReviewService reviews, ClaimsPrincipal user, RequestBudget budget) =>
        TypedResults.Ok(await reviews.ReviewAsync(user.LearnerId()!, questionId, body.Value, budget.Token));

    private static async Task<Ok<LearnerExport>> ExportAsync(
        LearnerData data,
        KnownAddresses addresses,
        QuizMapper quizzes,
        ClaimsPrincipal user,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellation)
    {
        LearnerDataExport all = await data.ReadAsync(user.LearnerId()!, cancellation) ?? throw new AccountDeletedException();
        response.Headers.ContentDisposition = "attachment; filename=\"backprop-learner.json\"";
        return TypedResults.Ok(LearnerMapper.Export(all, await addresses.OfAsync(all.Account), quizzes, time.GetUtcNow()));
    }

    private static async Task<NoContent> DeleteAsync(LearnerData data, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await data.DeleteAsync(user.LearnerId()!, cancellation);
        return TypedResults.NoContent();
    }
}
