using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Quotas;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>The interviews. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
/// <param name="time">The clock.</param>
public sealed class InterviewStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients, TimeProvider time)
{
    /// <summary>Stores a new interview. If a quota is exceeded, older ones are evicted, marked ones first (<see cref="StorageRoom"/>).</summary>
    /// <param name="interview">The interview.</param>
    /// <param name="learner">The learner, who alone may see it; null if anyone with the id may.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">The quota of learners together, and of all others together.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="LimitException">The interview does not fit, whatever is evicted.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public async Task AddAsync(Interview interview, string? learner, string client, StorageQuota quota, CancellationToken cancellationToken)
    {
        StoredInterview row = Of(interview, learner, learner ?? await clients.OfAsync(client, cancellationToken));
        await writes.RunAsync(
            async context =>
            {
                await AnswerRecorder.DemandAsync(context, learner);
                var room = new StorageRoom(context, HoldingKinds.InterviewsOf(learner), quota, owner => EvictAsync(context, owner, row.Sequence));
                await room.DemandAsync(row.Owner, row.Bytes);
                context.Add(row);
                await context.SaveChangesAsync(CancellationToken.None);
                await room.MakeAsync(row.Owner);
                return row.Sequence;
            },
            cancellationToken);
    }

    /// <summary>Deletes an interview; false if there is none with this id that the learner may see. What its marks recorded is kept.</summary>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await Visible(context, id, learner).ExecuteDeleteAsync(CancellationToken.None) > 0, cancellationToken);

    /// <summary>The interview of this id, or null if there is none that the learner may see.</summary>
    public async Task<Interview?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredInterview? row = await Visible(context, id, learner).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>Changes an interview; concurrent changes are applied one after another.</summary>
    /// <param name="id">The id of the interview.</param>
    /// <param name="learner">The learner; null if anonymous.</param>
    /// <param name="change">Computes the new state from the current one, or throws, in which case nothing is changed.</param>
    /// <param name="cancellationToken">Cancels waiting; nothing is changed then.</param>
    /// <returns>The new state; null if there is no interview with this id that the learner may see.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public Task<Interview?> ChangeAsync(string id, string? learner, Func<Interview, Interview> change, CancellationToken cancellationToken) =>
        writes.RunAsync(
        async context =>
        {
            StoredInterview? row = await Visible(context, id, learner).SingleOrDefaultAsync(CancellationToken.None);
            if (row is null)
            {
                return null;
            }

            bool wasMarked = row.MarkedAt is not null;
            Interview changed = change(Read(row));
            Write(row, changed);
            await context.SaveChangesAsync(CancellationToken.None);
            if (!wasMarked)
            {
                await AnswerRecorder.AddMarksAsync(context, row);
            }

            return changed;
        },
        cancellationToken);

    private static IQueryable<StoredInterview> Visible(BackpropDbContext context, string id, string? learner) =>
        context.Interviews.Where(interview => interview.Id == id && (interview.LearnerId == null || interview.LearnerId == learner));

    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner, long kept)
    {
        IQueryable<StoredInterview> others = context.Interviews
            .Where(interview => interview.Owner == owner && interview.Sequence != kept).OrderBy(interview => interview.Sequence);
        IQueryable<StoredInterview> marked = others.Where(interview => interview.MarkedAt != null);
        long? oldest = await marked.Select(interview => (long?)interview.Sequence).FirstOrDefaultAsync(CancellationToken.None)
            ?? await others.Select(interview => (long?)interview.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.Interviews.Where(interview => interview.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }

    private static StoredInterview Of(Interview interview, string? learner, string owner)
    {
        byte[] document = QuestionJson.Write(interview.Question);
        return new StoredInterview
        {
            Id = interview.Id,
            LearnerId = learner,
            Owner = owner,
            Bytes = document.Length,
            Seed = interview.Seed,
            CreatedAt = interview.CreatedAt,
            QuestionId = interview.Question.Id,
            Version = interview.Version,
            Topic = interview.Question.Topic,
            Difficulty = interview.Question.Difficulty,
            Document = document,
        };
    }

    internal static Interview Read(StoredInterview row) => new(row.Id, row.Seed, row.CreatedAt, row.Version, QuestionJson.Read(row.Document))
    {
        HintsTaken = row.HintsTaken,
        IsRevealed = row.RevealedAt is not null,
        MentionedFacts = row.Named?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
    };

    private void Write(StoredInterview row, Interview changed)
    {
        DateTimeOffset now = time.GetUtcNow();
        row.HintsTaken = changed.HintsTaken;
        if (changed.IsRevealed)
        {
            row.RevealedAt ??= now;
        }

        if (changed.Score is not { } score)
        {
            return;
        }

        string named = string.Join(' ', score.MentionedFacts);
        if (named != row.Named)
        {
            (row.Named, row.Score, row.MarkedAt) = (named, score.Score, now);
        }
    }
}
