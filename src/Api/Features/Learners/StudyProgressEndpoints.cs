using System.Security.Claims;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.StudySets;
using Backprop.Api.Platform.OpenApi;
using Backprop.Client.Learners;
using Backprop.Domain.Practice.StudySets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Learners;

/// <summary>A learner's way through study sets.</summary>
internal static class StudyProgressEndpoints
{
    /// <summary>Maps the routes.</summary>
    /// <param name="group">The routes of the learner.</param>
    public static void MapStudyProgress(this RouteGroupBuilder group)
    {
        group.MapGet("/study-sets", ListAsync).WithName("ListStudyProgress")
            .WithSummary("List the study sets with your progress")
            .WithDescription("How many items of each are done, and what is next.");
        group.MapGet("/study-sets/{id}", GetAsync).WithName("GetStudyProgress")
            .WithSummary("Get your progress through a study set")
            .WithDescription("A question is done once it is answered: in a quiz (`POST /quizzes` with `studySet`), an interview, a review or as " +
                "the question of the day. Other items are marked as done. `next` is the first item that is not; `summary` follows when all are.")
            .WithParameterExample("id", LearnerExamples.StudySet);
        group.MapPut("/study-sets/{id}/items/{number:int}", MarkAsync).WithName("MarkStudyItem")
            .WithSummary("Mark an item of a study set as done")
            .WithDescription("An experiment, a section or a takeaway, or a question to be skipped. Repeating the call changes nothing.")
            .WithParameterExample("id", LearnerExamples.StudySet)
            .WithParameterExample("number", "1");
        group.MapDelete("/study-sets/{id}/items/{number:int}", UnmarkAsync).WithName("UnmarkStudyItem")
            .WithSummary("Remove the mark of an item of a study set")
            .WithDescription("A question that is answered stays done.")
            .WithParameterExample("id", LearnerExamples.StudySet)
            .WithParameterExample("number", "1");
    }

    private static async Task<Ok<StudyProgressList>> ListAsync(StudyService studies, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        IReadOnlyList<StudyProgress> all = await studies.ListAsync(user.LearnerId()!, cancellationToken);
        return TypedResults.Ok(new StudyProgressList { Items = [.. all.Select(progress => Page(progress, isDetailed: false))] });
    }

    private static async Task<Ok<StudyProgressPage>> GetAsync(string id, StudyService studies, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(Page(await studies.FindAsync(user.LearnerId()!, id, cancellationToken)));

    private static async Task<Ok<StudyProgressPage>> MarkAsync(string id, int number, StudyService studies, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(Page(await studies.MarkAsync(user.LearnerId()!, id, number, isDone: true, cancellationToken)));

    private static async Task<Ok<StudyProgressPage>> UnmarkAsync(string id, int number, StudyService studies, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(Page(await studies.MarkAsync(user.LearnerId()!, id, number, isDone: false, cancellationToken)));

    private static StudyProgressPage Page(StudyProgress progress, bool isDetailed = true)
    {
        StudySummary summary = progress.Summary;
        return new StudyProgressPage
        {
            Id = progress.Set.Id,
            Title = progress.Set.Title,
            Done = progress.Done,
            Total = progress.Steps.Count,
            Next = progress.Next is { } next ? StudySetMapper.Item(next) : null,
            Summary = progress.Next is not null ? null : new StudySummaryPage
            {
                Answered = summary.Answered,
                Correct = summary.Correct,
                Score = summary.Score,
                ToRepeat = summary.ToRepeat,
            },
            Items = isDetailed ? [.. progress.Steps.Select(Step)] : null,
        };
    }

    private static StudyStepPage Step(StudyStep step) =>
        new() { Item = StudySetMapper.Item(step.Item), DoneAt = step.DoneAt, Score = step.Score };
}
