using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice.Notes;

/// <summary>Stars and notes of learners.</summary>
/// <param name="bank">The questions.</param>
/// <param name="store">Stores notes.</param>
/// <param name="most">The most notes of a learner.</param>
/// <param name="time">The clock.</param>
public sealed class NoteService(IQuestionBank bank, INoteStore store, StorageLimit most, TimeProvider time)
{
    /// <summary>A page of notes by the ids of their questions.</summary>
    public Task<NoteListing> ListAsync(string learner, bool? isStarred, int limit, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(learner, isStarred, limit, after, cancellationToken);

    /// <summary>The note on a question; one without star and text if there is none.</summary>
    /// <exception cref="PracticeException">There is no such question.</exception>
    public async Task<QuestionNote> FindAsync(string learner, string question, CancellationToken cancellationToken) =>
        await store.FindAsync(learner, question, cancellationToken)
        ?? new QuestionNote((await bank.RequireAsync(question, cancellationToken)).Question.Id, IsStarred: false, Text: null, UpdatedAt: null);

    /// <summary>Stores a star and a note in place of earlier ones.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="question">The id of the question.</param>
    /// <param name="isStarred">Whether the question is starred.</param>
    /// <param name="text">The note; null for none.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such question.</exception>
    /// <exception cref="Graphs.LimitException">The learner has as many notes as allowed.</exception>
    public async Task<QuestionNote> SaveAsync(string learner, string question, bool isStarred, string? text, CancellationToken cancellationToken)
    {
        BankedQuestion banked = await bank.RequireAsync(question, cancellationToken);
        var note = new QuestionNote(banked.Question.Id, isStarred, string.IsNullOrWhiteSpace(text) ? null : text, time.GetUtcNow());
        await store.SaveAsync(learner, note, most, cancellationToken);
        return note;
    }

    /// <summary>Deletes the star and the note of a question, if there are any.</summary>
    public Task DeleteAsync(string learner, string question, CancellationToken cancellationToken) =>
        store.DeleteAsync(learner, question, cancellationToken);
}
