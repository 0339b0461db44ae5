using System.Security.Claims;
using System.Text;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Learners;
using Backprop.Domain.Practice.Notes;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Learners;

/// <summary>The stars and notes of a learner.</summary>
internal static class NoteEndpoints
{
    private const int MostListed = 100;

    /// <summary>Maps the routes.</summary>
    /// <param name="group">The routes of the learner.</param>
    public static void MapNotes(this RouteGroupBuilder group)
    {
        group.MapGet("/notes", ListAsync).WithName("ListNotes")
            .WithSummary("List the questions with a star or a note")
            .WithDescription("By the ids of the questions, in pages of `limit`; `nextCursor` leads to the next page.")
            .WithParameterExample("starred", "true");
        group.MapGet("/notes/{questionId}", GetAsync).WithName("GetNote")
            .WithSummary("Get the star and the note of a question")
            .WithDescription("`updatedAt` is absent if the question has neither.")
            .WithParameterExample("questionId", LearnerExamples.QuestionId);
        group.MapPut("/notes/{questionId}", SaveAsync).WithValidation<QuestionNoteRequest>().WithName("SaveNote")
            .WithSummary("Star a question, or make a note")
            .WithDescription("Replaces an earlier star and note. At most `Limits:LearnerNotes` questions of a learner have one.")
            .WithParameterExample("questionId", LearnerExamples.QuestionId)
            .WithExample("A star and a note", LearnerExamples.Note);
        group.MapDelete("/notes/{questionId}", DeleteAsync).WithName("DeleteNote")
            .WithSummary("Delete the star and the note of a question")
            .WithDescription("Nothing changes if the question has neither.")
            .WithParameterExample("questionId", LearnerExamples.QuestionId);
    }

    /// <summary>A note in the form of the contract.</summary>
    /// <param name="note">The note.</param>
    public static QuestionNotePage Page(QuestionNote note) =>
        new() { QuestionId = note.QuestionId, Starred = note.IsStarred, Note = note.Text, UpdatedAt = note.UpdatedAt };

    private static async Task<Ok<QuestionNoteList>> ListAsync(NoteService notes, ClaimsPrincipal user, CancellationToken cancellationToken,
        bool? starred = null, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        NoteListing page = await notes.ListAsync(user.LearnerId()!, starred, limit, cursor is null ? null : Read(cursor), cancellationToken);
        return TypedResults.Ok(new QuestionNoteList
        {
            Items = [.. page.Items.Select(Page)],
            Total = page.Total,
            NextCursor = page.Next is { } next ? System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next)) : null,
        });
    }

    private static async Task<Ok<QuestionNotePage>> GetAsync(string questionId, NoteService notes, ClaimsPrincipal user,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(Page(await notes.FindAsync(user.LearnerId()!, questionId, cancellationToken)));

    private static async Task<Ok<QuestionNotePage>> SaveAsync(string questionId, JsonBody<QuestionNoteRequest> body, NoteService notes,
        ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok(Page(await notes.SaveAsync(user.LearnerId()!, questionId, body.Value.Starred, body.Value.Note, cancellationToken)));

    private static async Task<NoContent> DeleteAsync(string questionId, NoteService notes, ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        await notes.DeleteAsync(user.LearnerId()!, questionId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Read(string cursor) => System.Buffers.Text.Base64Url.IsValid(cursor)
        ? Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor))
        : throw new ProblemException(422, "cursor", "The cursor is invalid or was not issued by this service.");
}

/// <summary>Notes: of limited length.</summary>
internal sealed class QuestionNoteRequestValidator : AbstractValidator<QuestionNoteRequest>
{
    private const int LongestNote = 4000;

    /// <summary>The rules.</summary>
    public QuestionNoteRequestValidator() =>
        RuleFor(request => request.Note).MaximumLength(LongestNote).WithMessage($"note must have at most {LongestNote} characters.");
}
