using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Client.Learners;
using Backprop.Domain.Practice.Daily;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Daily;

/// <summary>The question of the day.</summary>
internal static class DailyQuestionEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapDailyQuestion(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/daily-question").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapGet("", GetAsync).WithName("GetDailyQuestion")
            .WithSummary("Get the question of the day")
            .WithDescription("The same for everyone from midnight to midnight UTC. All gradable questions take turns in a random order, each once " +
                "before any comes again; questions that are open or of kind interview are left out. Choices are in alphabetical order.")
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemWriter.ContentType);
        group.MapPost("/answers", AnswerAsync).WithName("AnswerDailyQuestion")
            .WithSummary("Answer the question of the day")
            .WithDescription(
                "Grades like an item of a quiz and returns the key. The first answer of a signed-in learner counts towards progress and reviews. " +
                "With `date`, an answer that comes after midnight gets 409 and is not graded against another question.")
            .WithExample("A choice", LearnerExamples.Daily)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
    }

    private static async Task<Ok<DailyQuestion>> GetAsync(DailyQuestionService daily, CancellationToken cancellationToken) =>
        TypedResults.Ok(DailyQuestionMapper.Question(await daily.TodayAsync(cancellationToken)));

    private static async Task<Ok<DailyAnswerResult>> AnswerAsync(JsonBody<DailyAnswerRequest> body, DailyQuestionService daily,
        WorkedSolutions solutions, ClaimsPrincipal user, RequestBudget budget)
    {
        DailyAnswerRequest given = body.Value;
        DailyAnswer answer = await daily.AnswerAsync(QuizMapper.Read(given.Answer), given.Date, user.LearnerId(), budget.Token);
        return TypedResults.Ok(DailyQuestionMapper.Result(answer, solutions.Of(answer.Shown, budget.Token)));
    }
}
