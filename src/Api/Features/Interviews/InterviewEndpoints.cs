using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.Quizzes;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Interviews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Interviews;

/// <summary>Interview practice: a question, hints one at a time, the model answer with its rubric, and the learner's own marks.</summary>
public static class InterviewEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapInterviews(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/interviews").WithTags("Practice").AllowOptionalLearner().PrivateNoStore()
            .WithBodySize(BodySize.Short);
        group.MapPost("", StartAsync).RequireDrawingRate().WithValidation<InterviewRequest>().WithName("StartInterview")
            .WithSummary("Begins to practise with an interview question")
            .WithDescription(
                "Drawn by filters and seed, or named by `questionId`. The question is kept as it is, whatever becomes of it later. "
                + "An interview of a learner who is signed in is seen by that learner alone; any other by whoever knows its id, and it is deleted " +
                    "after `Limits:AnonymousQuizDays`. "
                + "Past `Limits:ClientQuizzes` older ones of the same learner or client make room, marked ones first.")
            .WithExample("One that both ask", QuizExamples.Drawn)
            .WithExample("One that is named", QuizExamples.Named);
        group.MapGet("/{id}", GetAsync).WithName("GetInterview")
            .WithSummary("An interview as it stands")
            .WithDescription("The question and what is revealed of it so far, and the marks once they are given.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapPost("/{id}/hints", HintAsync).WithName("TakeHint")
            .WithSummary("Reveals the next hint")
            .WithDescription("One at a time, the faintest first. 409 where none is left, or the model answer is revealed.")
            .WithParameterExample("id", QuizExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPost("/{id}/answer", RevealAsync).WithName("RevealAnswer")
            .WithSummary("Reveals model answer and rubric")
            .WithDescription("After answering in one's own words. Asked again it shows the same.")
            .WithParameterExample("id", QuizExamples.Id);
        group.MapPut("/{id}/marks", MarkAsync).WithName("MarkInterview")
            .WithSummary("Marks which facts of the rubric the own answer named")
            .WithDescription("Gives the score, the facts that were missed and what an interviewer asks next. Marks may be changed. 409 before the " +
                "rubric is revealed.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithExample("Two facts", QuizExamples.Marks)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteInterview")
            .WithSummary("Deletes an interview")
            .WithDescription("That of a learner is deleted by that learner alone, any other by whoever knows its id. What its marks added to the " +
                "learner's progress stays.")
            .WithParameterExample("id", QuizExamples.Id);
    }

    private static async Task<Created<InterviewPage>> StartAsync(JsonBody<InterviewRequest> body, InterviewService interviews, ClaimsPrincipal user,
        HttpContext context)
    {
        Interview interview = await interviews.StartAsync(body.Value, user.LearnerId(), ClientAddress.Of(context), context.RequestAborted);
        return TypedResults.Created($"/interviews/{interview.Id}", InterviewMapper.Page(interview));
    }

    private static async Task<Ok<InterviewPage>> GetAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellation) =>
        TypedResults.Ok(InterviewMapper.Page(await interviews.FindAsync(id, user.LearnerId(), cancellation)));

    private static async Task<NoContent> DeleteAsync(string id, InterviewService interviews, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await interviews.DeleteAsync(id, user.LearnerId(), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<QuestionHint>> HintAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellation) =>
        TypedResults.Ok(InterviewMapper.LastHint(await interviews.HintAsync(id, user.LearnerId(), cancellation)));

    private static async Task<Ok<InterviewReveal>> RevealAsync(string id, InterviewService interviews, ClaimsPrincipal user,
        CancellationToken cancellation) =>
        TypedResults.Ok(InterviewMapper.Reveal(await interviews.RevealAsync(id, user.LearnerId(), cancellation)));

    private static async Task<Ok<InterviewMarks>> MarkAsync(
        string id, JsonBody<InterviewMarksRequest> body, InterviewService interviews, ClaimsPrincipal user, CancellationToken cancellation) =>
        TypedResults.Ok(InterviewMapper.Marks(await interviews.MarkAsync(id, user.LearnerId(), body.Value.Named, cancellation)));
}
