using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Quizzes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Quizzes: drawn and graded here, so that no key leaves the service before its item is graded.</summary>
public static class QuizEndpoints
{
    private const int MaxKey = 200;

    /// <summary>Maps the routes.</summary>
    public static void MapQuizzes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/quizzes").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapPost("", CreateAsync).RequireDrawingRate().WithValidation<QuizRequest>().WithName("CreateQuiz")
            .WithSummary("Draws a quiz")
            .WithDescription(
                "From the questions that the filters let through, without those that are open or of kind interview. The same filters, count and " +
                    "seed give the same quiz. "
                + "Numbers are drawn and choices shuffled from the seed; what was drawn is kept as it is, whatever becomes of its questions. The " +
                    "keys stay on the server. "
                + "A quiz of a learner who is signed in is seen by that learner alone; any other by whoever knows its id, and it is deleted after " +
                    "`Limits:AnonymousQuizDays`. "
                + "Past `Limits:ClientQuizzes` older ones of the same learner or client make room, finished ones first.")
            .WithExample("Five of medium difficulty in ten minutes", QuizExamples.Mixed)
            .WithExample("Three numbers", QuizExamples.Numbers);
        group.MapGet("/{id}", GetAsync).WithName("GetQuiz")
            .WithSummary("A quiz as it stands")
            .WithDescription("State, score so far and what is left. Items show answer, key and explanation once they are graded; all of them do " +
                "when the quiz is finished or its time is over, and `readNext` says what to read then.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapPost("/{id}/answers", AnswerAsync).WithName("AnswerQuiz")
            .WithSummary("Grades an answer")
            .WithDescription(
                "An item is answered once: of several answers one is graded, the others are 409. A choice is named by its letter or its text, " +
                    "several by a list; a number may be written as people write it and in any unit that fits; "
                + "a formula is compared by its values and derivatives. An answer that cannot be read is 422 and costs nothing; one that comes " +
                    "too late is 409. "
                + "Sent again with the same `Idempotency-Key` an answer gives the same result; the key with another answer is 422.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithParameterExample("Idempotency-Key", QuizExamples.Key)
            .WithExample("A number", QuizExamples.Answer)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteQuiz")
            .WithSummary("Deletes a quiz")
            .WithDescription("That of a learner is deleted by that learner alone, any other by whoever knows its id. What its answers added to " +
                "the learner's progress stays.")
            .WithParameterExample("id", QuizExamples.Id);
    }

    private static async Task<Created<QuizPage>> CreateAsync(
        JsonBody<QuizRequest> body, QuizService quizzes, QuizMapper showing, ClaimsPrincipal user, HttpContext context)
    {
        Quiz quiz = await quizzes.CreateAsync(body.Value, user.LearnerId(), ClientAddress.Of(context), context.RequestAborted);
        return TypedResults.Created($"/quizzes/{quiz.Id}", showing.Page(quiz));
    }

    private static async Task<Ok<QuizPage>> GetAsync(string id, QuizService quizzes, QuizMapper showing, ClaimsPrincipal user,
        CancellationToken cancellation) =>
        TypedResults.Ok(showing.Page(await quizzes.FindAsync(id, user.LearnerId(), cancellation)));

    private static async Task<NoContent> DeleteAsync(string id, QuizService quizzes, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await quizzes.DeleteAsync(id, user.LearnerId(), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<QuizAnswerResult>> AnswerAsync(
        string id, JsonBody<QuizAnswerRequest> body, QuizService quizzes, ClaimsPrincipal user, RequestBudget budget,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        Demand(idempotencyKey);
        QuizAnswerRequest given = body.Value;
        var answer = new SubmittedAnswer(given.Answer.Texts, given.Answer.IsList);
        return TypedResults.Ok(QuizMapper.Result(await quizzes.AnswerAsync(id, user.LearnerId(), given.Item, answer, idempotencyKey, budget.Token)));
    }

    private static void Demand(string? key)
    {
        if (key is not null && (key.Length is 0 or > MaxKey || !key.All(letter => letter is >= ' ' and <= '~')))
            throw new ProblemException(400, "Idempotency-Key", $"A key has between 1 and {MaxKey} characters of printable ASCII.");
    }
}
