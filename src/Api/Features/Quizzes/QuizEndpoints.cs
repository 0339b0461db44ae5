using System.Security.Claims;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.StudySets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Quizzes: drawn and graded here, so that no key leaves the service before its item is graded.</summary>
internal static class QuizEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapQuizzes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/quizzes").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapPost("", CreateAsync).RequireDrawingRate().WithValidation<QuizRequest>().WithName("CreateQuiz")
            .WithSummary("Create a quiz")
            .WithDescription(
                "Draws from the questions that match the filters, except open ones. Interview questions are drawn if `company`, `kind` or `id` " +
                "asks for them, or nothing else matches; exercises that practise the same skill follow them (`practises`). Questions that give " +
                "each other away are not asked together. `studySet` asks the questions of a study set in order. The same filters, count and " +
                "seed give the same quiz. The seed determines the numbers and the order of the choices; a quiz keeps its questions even if they " +
                "change later. Keys stay on the server. Only its owner can see a signed-in learner's quiz; anyone with the id can see the others, " +
                "which are deleted after `Limits:AnonymousQuizDays`. Beyond `Limits:ClientQuizzes`, the oldest of the same learner or client are " +
                "deleted, finished ones first.")
            .WithExample("Five questions of medium difficulty in ten minutes", QuizExamples.Mixed)
            .WithExample("A derivation", QuizExamples.Derivation)
            .WithExample("Three numeric questions", QuizExamples.Numbers)
            .WithExample("What a company asks, with exercises", QuizExamples.Company)
            .WithExample("The questions of a study set, three tries each", QuizExamples.StudySet)
            .WithExample("Two questions by their ids", QuizExamples.Ids);
        group.MapGet("/{id}", GetAsync).WithName("GetQuiz")
            .WithSummary("Get a quiz")
            .WithDescription("Returns its state, the score so far and what is left. Items show answer, key and explanation once they are graded; " +
                "all of them do when the quiz is finished or expired, and `readNext` then says what to read.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapPost("/{id}/answers", AnswerAsync).WithName("AnswerQuiz")
            .WithSummary("Answer an item")
            .WithDescription(
                "An item is answered once, unless the quiz allows more `tries`: then key and explanation follow after the last one, and later " +
                "answers get 409. Answer an interview question in your own words; the result shows the model answer and the rubric, to be marked " +
                "with `PUT /quizzes/{id}/items/{number}/marks`. Name a choice by its letter or its text, several " +
                "choices by a list; write a number in any usual notation and in any unit that fits; a formula is compared by its values and " +
                "derivatives. A derivation takes an object of expressions, `{\"dx\": \"dy @ w.T\"}`, or statements, one per line; each gradient is " +
                "compared by its values at points of all sizes and earns its share. A debugging exercise takes " +
                "`{\"line\": 6, \"fix\": \"db = …\"}`. " +
                "After grading, `solution` walks through the true backward pass. " +
                "An answer that cannot be parsed gets 422 and does not count; one that comes too late gets 409. Repeating an answer " +
                "with the same `Idempotency-Key` returns the same result; using the key for another answer gets 422.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithExample("In your own words", QuizExamples.Words)
            .WithExample("A number", QuizExamples.Answer)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapQuizItems();
        group.MapPost("/{id}/finish", FinishAsync).WithName("FinishQuiz")
            .WithSummary("Finish a quiz")
            .WithDescription("Unanswered items count as 0, and all keys are shown. A quiz that is over stays as it is.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteQuiz")
            .WithSummary("Delete a quiz")
            .WithDescription("Only its owner can delete a signed-in learner's quiz; anyone with the id can delete the others. The learner keeps " +
                "the progress earned with its answers.")
            .WithParameterExample("id", QuizExamples.Id);
    }

    private static async Task<Created<QuizPage>> CreateAsync(
        JsonBody<QuizRequest> body, QuizService quizzes, QuizMapper showing, StudySetCatalogue sets, ClaimsPrincipal user, HttpContext context)
    {
        QuizOptions options = QuizMapper.Options(body.Value, user.LearnerId(), sets);
        Quiz quiz = await quizzes.CreateAsync(options, user.LearnerId(), ClientAddress.Of(context), context.RequestAborted);
        return TypedResults.Created($"/quizzes/{quiz.Id}", showing.Page(quiz));
    }

    private static async Task<Ok<QuizPage>> GetAsync(string id, QuizService quizzes, QuizMapper showing, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(showing.Page(await quizzes.FindAsync(id, user.LearnerId(), cancellationToken)));

    private static async Task<Ok<QuizPage>> FinishAsync(string id, QuizService quizzes, QuizMapper showing, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(showing.Page(await quizzes.FinishAsync(id, user.LearnerId(), cancellationToken)));

    private static async Task<NoContent> DeleteAsync(string id, QuizService quizzes, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await quizzes.DeleteAsync(id, user.LearnerId(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<QuizAnswerResult>> AnswerAsync(
        string id, JsonBody<QuizAnswerRequest> body, QuizService quizzes, QuizMapper showing, ClaimsPrincipal user, RequestBudget budget,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        IdempotencyKey.Require(idempotencyKey);
        QuizAnswerRequest given = body.Value;
        QuizEntry item = await quizzes.AnswerAsync(id, user.LearnerId(), given.Item, QuizMapper.Read(given.Answer), idempotencyKey, budget.Token);
        return TypedResults.Ok(showing.Result(item, budget.Token));
    }
}
