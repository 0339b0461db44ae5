using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Learners;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Learners;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Learners;

/// <summary>The data of a signed-in learner: progress, reviews, and export or deletion of everything.</summary>
internal static class LearnerEndpoints
{
    private const int MostListed = 50;

    /// <summary>Maps the routes.</summary>
    public static void MapLearners(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/learners/me").WithTags("Learners").RequireLearner().PrivateNoStore().WithBodySize(BodySize.Short);
        group.MapGet("/progress", ProgressAsync).WithName("GetProgress")
            .WithSummary("Get progress by topic and difficulty")
            .WithDescription(
                "Counts all graded answers to quizzes, interviews, reviews and daily questions. A topic is weak if at least three answers were " +
                "graded, the last twenty score below 0.8 on average, and the lower bound of their 95 % confidence interval (Wilson) is below one " +
                "half.");
        group.MapGet("/reviews", DueAsync).WithName("ListReviews")
            .WithSummary("List the questions that are due for review")
            .WithDescription("The longest overdue first, at most `limit` (10 by default, up to 50). Every graded answer schedules its question for " +
                "review; FSRS-6 computes when it is due. If a question is drawn from a template, each review draws new numbers.");
        group.MapPost("/reviews/{questionId}", ReviewAsync).WithValidation<ReviewRequest>().WithName("Review")
            .WithSummary("Review a question")
            .WithDescription(
                "Give an `answer`, which the service grades (a full score is rated good, at least half hard, less again), or your own `rating`. A " +
                "question that is not under review yet is added. `review` guards against accidental repetition: 409 if another review came first. " +
                "An answer that cannot be parsed gets 422 and changes nothing.")
            .WithParameterExample("questionId", LearnerExamples.QuestionId)
            .WithExample("An answer", LearnerExamples.Answer)
            .WithExample("A rating", LearnerExamples.Rating)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapNotes();
        group.MapStudyProgress();
        group.MapInterviewHistory();
        group.MapGet("/export", ExportAsync).WithName("ExportLearner")
            .WithSummary("Export the learner's data")
            .WithDescription(
                "Everything that the service holds: account, sessions, answers, reviews, quizzes, interviews, training runs, notes, progress " +
                "through study sets, and reported errors. Only a hash of the " +
                "password is stored, and it is not returned; neither are the key and the recovery codes of an authenticator app.");
        group.MapDelete("", DeleteAsync).WithName("DeleteLearner")
            .WithSummary("Delete the account")
            .WithDescription("Deletes the account and everything that belongs to it at once and for good: the service's files keep nothing of it. " +
                "Tokens of the account are revoked.");
    }

    private static async Task<Ok<LearnerProgress>> ProgressAsync(LearnerHistory history, ClaimsPrincipal user, TimeProvider time,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(LearnerMapper.Progress(await history.ReadAsync(user.LearnerId()!, time.GetUtcNow(), cancellationToken)));

    private static async Task<Ok<ReviewQueue>> DueAsync(ReviewService reviews, ClaimsPrincipal user, RequestBudget budget, int limit = 10)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        return TypedResults.Ok(LearnerMapper.Queue(await reviews.DueAsync(user.LearnerId()!, limit, budget.Token)));
    }

    private static async Task<Ok<ReviewResult>> ReviewAsync(
        string questionId, JsonBody<ReviewRequest> body, ReviewService reviews, WorkedSolutions solutions, ClaimsPrincipal user,
        RequestBudget budget)
    {
        ReviewRequest request = body.Value;
        string learner = user.LearnerId()!;
        RecordedReview review = request.Answer is { } answer
            ? await reviews.AnswerAsync(learner, questionId, QuizMapper.Read(answer), request.Review, budget.Token)
            : await reviews.RateAsync(learner, questionId, LearnerMapper.Read(request.Rating!.Value), request.Review, budget.Token);
        return TypedResults.Ok(LearnerMapper.Result(review, solutions.Of(review.Shown, budget.Token)));
    }

    private static async Task<Ok<LearnerExport>> ExportAsync(
        LearnerData data,
        KnownAddresses addresses,
        QuizMapper quizzes,
        ClaimsPrincipal user,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        LearnerDataExport all = await data.ReadAsync(user.LearnerId()!, cancellationToken) ?? throw new AccountDeletedException();
        response.Headers.ContentDisposition = "attachment; filename=\"backprop-learner.json\"";
        return TypedResults.Ok(LearnerMapper.Export(all, await addresses.OfAsync(all.Account), quizzes, time.GetUtcNow()));
    }

    private static async Task<NoContent> DeleteAsync(LearnerData data, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await data.DeleteAsync(user.LearnerId()!, cancellationToken);
        return TypedResults.NoContent();
    }
}
