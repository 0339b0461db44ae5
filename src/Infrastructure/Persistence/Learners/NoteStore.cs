using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Notes;
using Backprop.Domain.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The notes of learners. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
public sealed class NoteStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes) : INoteStore
{
    /// <inheritdoc/>
    public async Task<QuestionNote?> FindAsync(string learner, string question, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LearnerNotes.FindAsync([learner, question], cancellationToken) is { } row ? Read(row) : null;
    }

    /// <inheritdoc/>
    public async Task<NoteListing> ListAsync(string learner, bool? isStarred, int limit, string? after, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredNote> notes = context.LearnerNotes.AsNoTracking().Where(note => note.LearnerId == learner);
        if (isStarred is { } starred)
        {
            notes = notes.Where(note => note.Starred == starred);
        }

        IQueryable<StoredNote> page = after is null ? notes : notes.Where(note => string.Compare(note.QuestionId, after) > 0);
        List<StoredNote> rows = await page.OrderBy(note => note.QuestionId).Take(limit + 1).ToListAsync(cancellationToken);
        bool hasMore = rows.Count > limit;
        return new NoteListing([.. rows.Take(limit).Select(Read)], await notes.LongCountAsync(cancellationToken),
            hasMore ? rows[limit - 1].QuestionId : null);
    }

    /// <inheritdoc/>
    public Task SaveAsync(string learner, QuestionNote note, StorageLimit most, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            await context.RequireLearnerAsync(learner);
            StoredNote? row = await context.LearnerNotes.FindAsync([learner, note.QuestionId], CancellationToken.None);
            if (row is null)
            {
                int held = await context.LearnerNotes.CountAsync(one => one.LearnerId == learner, CancellationToken.None);
                if (held >= most.Value)
                {
                    throw new LimitException(most.Name, most.Value, $"{held + 1} notes");
                }

                context.Add(row = new StoredNote { LearnerId = learner, QuestionId = note.QuestionId });
            }

            (row.Starred, row.Text, row.UpdatedAt) = (note.IsStarred, note.Text, note.UpdatedAt!.Value);
            return await context.SaveChangesAsync(CancellationToken.None);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string learner, string question, CancellationToken cancellationToken) => writes.RunAsync(
        context => context.LearnerNotes.Where(note => note.LearnerId == learner && note.QuestionId == question)
            .ExecuteDeleteAsync(CancellationToken.None),
        cancellationToken);

    internal static QuestionNote Read(StoredNote row) => new(row.QuestionId, row.Starred, row.Text, row.UpdatedAt);
}
