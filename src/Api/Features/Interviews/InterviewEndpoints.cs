using System.Security.Claims;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Interviews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Interviews;

/// <summary>Interview practice: a question, hints one at a time, the model answer with its rubric, and the learner's self-assessment.</summary>
internal static class InterviewEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapInterviews(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/interviews").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapPost("", StartAsync).RequireDrawingRate().WithValidation<InterviewRequest>().WithName("StartInterview")
            .WithSummary("Start an interview question")
            .WithDescription(
                "The question is drawn by filters and seed, or named by `questionId`. An interview keeps its question even if it changes later. " +
                "Only its owner can see a signed-in learner's interview; anyone with the id can see the others, which are deleted after " +
                "`Limits:AnonymousQuizDays`. Beyond `Limits:ClientQuizzes`, the oldest of the same learner or client are deleted, marked ones " +
                "first.")
            .WithExample("A question that both companies ask", QuizExamples.Drawn)
            .WithExample("A question named by id", QuizExamples.Named);
        group.MapGet("/{id}", GetAsync).WithName("GetInterview")
            .WithSummary("Get an interview")
            .WithDescription("Returns the question, what has been revealed of it, and the marks once they are given.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapPost("/{id}/hints", HintAsync).WithName("TakeHint")
            .WithSummary("Reveal the next hint")
            .WithDescription("One at a time, the vaguest first. 409 if no hint is left or the model answer is revealed.")
            .WithParameterExample("id", QuizExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPost("/{id}/answer", RevealAsync).WithValidation<InterviewAnswerRequest>().WithName("RevealAnswer")
            .WithSummary("Answer, and reveal the model answer and the rubric")
            .WithDescription("Keeps the answer in your own words, if the body has one, and returns it beside the model answer, as `GET` does " +
                "later. `seconds` is the time since the question was asked; `suggested` lists the facts that the answer seems to mention. " +
                "Repeating the call returns the same; another answer gets 409 once the model answer is revealed.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithExample("An answer in your own words", QuizExamples.OwnAnswer)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPut("/{id}/marks", MarkAsync).WithName("MarkInterview")
            .WithSummary("Mark the rubric facts that the answer mentions")
            .WithDescription("Returns the score, the missed facts and an interviewer's follow-up questions. Marks may be changed. 409 before the " +
                "rubric is revealed.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithExample("Two facts", QuizExamples.Marks)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteInterview")
            .WithSummary("Delete an interview")
            .WithDescription("Only its owner can delete a signed-in learner's interview; anyone with the id can delete the others. The learner " +
                "keeps the progress earned with its marks.")
            .WithParameterExample("id", QuizExamples.Id);
    }

    private static async Task<Created<InterviewPage>> StartAsync(JsonBody<InterviewRequest> body, InterviewService interviews, ClaimsPrincipal user,
        HttpContext context)
    {
        InterviewRequest request = body.Value;
        string? learner = user.LearnerId();
        string client = ClientAddress.Of(context);
        Interview interview = request.QuestionId is { } question
            ? await interviews.AskAsync(question, learner, client, context.RequestAborted)
            : await interviews.DrawAsync(QuestionFilters.Read(request.Filters, learner), request.Seed, learner, client, context.RequestAborted);
        return TypedResults.Created($"/interviews/{interview.Id}", InterviewMapper.Page(interview));
    }

    private static async Task<Ok<InterviewPage>> GetAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(InterviewMapper.Page(await interviews.FindAsync(id, user.LearnerId(), cancellationToken)));

    private static async Task<NoContent> DeleteAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        await interviews.DeleteAsync(id, user.LearnerId(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<QuestionHint>> HintAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(InterviewMapper.LastHint(await interviews.HintAsync(id, user.LearnerId(), cancellationToken)));

    private static async Task<Ok<InterviewReveal>> RevealAsync(string id, OptionalJsonBody<InterviewAnswerRequest> body,
        InterviewService interviews, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        string? answer = string.IsNullOrWhiteSpace(body.Value.Answer) ? null : body.Value.Answer;
        return TypedResults.Ok(InterviewMapper.Reveal(await interviews.RevealAsync(id, user.LearnerId(), answer, cancellationToken)));
    }

    private static async Task<Ok<InterviewMarks>> MarkAsync(
        string id, JsonBody<InterviewMarksRequest> body, InterviewService interviews, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok(InterviewMapper.Marks(await interviews.MarkAsync(id, user.LearnerId(), body.Value.Named, cancellationToken)));
}
