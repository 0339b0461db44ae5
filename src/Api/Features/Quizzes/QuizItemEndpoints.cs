using System.Security.Claims;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Practice;
using Backprop.Domain.Practice.Quizzes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Quizzes;

/// <summary>What can be done with an answered item: mark an interview question, and ask for another one like it.</summary>
internal static class QuizItemEndpoints
{
    /// <summary>Maps the routes.</summary>
    /// <param name="group">The routes of quizzes.</param>
    public static void MapQuizItems(this RouteGroupBuilder group)
    {
        group.MapPut("/{id}/items/{number:int}/marks", MarkAsync).WithName("MarkQuizItem")
            .WithSummary("Mark the rubric facts that an answer mentions")
            .WithDescription("For an answered interview question: the weight of the named facts, relative to that of all, becomes its score. Marks " +
                "may be changed; the first ones of a learner count towards progress and reviews. 409 if the item is not answered yet, or is " +
                "graded by the service.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithParameterExample("number", "1")
            .WithExample("Two facts", QuizExamples.Marks)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapPost("/{id}/items/{number:int}/another", AnotherAsync).WithName("AddAnotherItem")
            .WithSummary("Get another item like an answered one")
            .WithDescription("Adds an item to the quiz, which counts like the others: with new numbers if the question is drawn from a template, " +
                "otherwise another question of the same topic, if possible of the same kind and difficulty. Until that one is answered, " +
                "repeating the call returns it again (200). 409 if the item can still be answered, the quiz is over, or there is no other " +
                "question.")
            .WithParameterExample("id", QuizExamples.Id)
            .WithParameterExample("number", "1")
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
    }

    private static async Task<Ok<QuizAnswerResult>> MarkAsync(string id, int number, JsonBody<QuizMarksRequest> body, QuizService quizzes,
        QuizMapper mapper, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        QuizEntry marked = await quizzes.MarkAsync(id, user.LearnerId(), number, body.Value.Named, cancellationToken);
        return TypedResults.Ok(mapper.Result(marked, cancellationToken));
    }

    private static async Task<Results<Created<QuizItem>, Ok<QuizItem>>> AnotherAsync(string id, int number, QuizService quizzes,
        QuizMapper showing, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        (Quiz quiz, int added, bool isNew) = await quizzes.AnotherAsync(id, user.LearnerId(), number, cancellationToken);
        QuizItem item = showing.Item(quiz, added);
        return isNew ? TypedResults.Created($"/quizzes/{quiz.Id}", item) : TypedResults.Ok(item);
    }
}
