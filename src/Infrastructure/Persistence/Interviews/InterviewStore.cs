using System.Text;
using Backprop.Domain.Practice.Interviews;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Quotas;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>The interviews. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
public sealed class InterviewStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients) : IInterviewStore
{
    /// <inheritdoc/>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public async Task AddAsync(Interview interview, string client, StorageQuota quota, CancellationToken cancellationToken)
    {
        StoredInterview row = Of(interview, interview.Learner ?? await clients.OfAsync(client, cancellationToken));
        await writes.RunAsync(
            async context =>
            {
                await context.RequireLearnerAsync(row.LearnerId);
                Eviction eviction = Eviction(context, row, quota);
                await eviction.RequireFitAsync(row.Bytes);
                context.Add(row);
                await context.SaveChangesAsync(CancellationToken.None);
                await eviction.RunAsync(row.Owner);
                return row.Sequence;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await Visible(context, id, learner).ExecuteDeleteAsync(CancellationToken.None) > 0, cancellationToken);

    /// <inheritdoc/>
    public async Task<Interview?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredInterview? row = await Visible(context, id, learner).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<InterviewListing> ListAsync(string learner, string? question, int limit, string? cursor,
        CancellationToken cancellationToken)
    {
        long before = cursor is null ? long.MaxValue : PageCursor.Read(cursor);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredInterview> interviews = context.Interviews.AsNoTracking()
            .Where(interview => interview.LearnerId == learner && interview.Sequence < before);
        if (question is not null)
        {
            interviews = interviews.Where(interview => interview.QuestionId == question);
        }

        List<StoredInterview> rows = await interviews.OrderByDescending(interview => interview.Sequence).Take(limit + 1)
            .ToListAsync(cancellationToken);
        bool hasMore = rows.Count > limit;
        return new InterviewListing([.. rows.Take(limit).Select(Read)], hasMore ? PageCursor.Of(rows[limit - 1].Sequence) : null);
    }

    /// <summary>The interview of this id in a transaction, or null if there is none that the learner may see.</summary>
    internal static async Task<Interview?> FindAsync(BackpropDbContext context, string id, string? learner) =>
        await Visible(context, id, learner).SingleOrDefaultAsync(CancellationToken.None) is { } row ? Read(row) : null;

    /// <summary>Stores the new state of an interview that was found in this transaction.</summary>
    internal static async Task SaveAsync(BackpropDbContext context, Interview interview, StorageQuota quota)
    {
        StoredInterview row = context.Interviews.Local.Single(row => row.Id == interview.Id);
        bool hasNewAnswer = row.Answer != interview.Answer;
        row.Bytes += Size(interview.Answer) - Size(row.Answer);
        row.Answer = interview.Answer;
        row.HintsTaken = interview.HintsTaken;
        row.RevealedAt = interview.RevealedAt;
        row.MarkedAt = interview.MarkedAt;
        row.Score = interview.Score?.Score;
        row.Named = interview.Score is { } score ? string.Join(' ', score.MentionedFacts) : null;
        await context.SaveChangesAsync(CancellationToken.None);
        if (hasNewAnswer)
        {
            Eviction eviction = Eviction(context, row, quota);
            await eviction.RequireFitAsync(row.Bytes);
            await eviction.RunAsync(row.Owner);
        }
    }

    private static IQueryable<StoredInterview> Visible(BackpropDbContext context, string id, string? learner) =>
        context.Interviews.Where(interview => interview.Id == id && (interview.LearnerId == null || interview.LearnerId == learner));

    private static Eviction Eviction(BackpropDbContext context, StoredInterview kept, StorageQuota quota) => new(
        new Holdings(context, HoldingKinds.InterviewsOf(kept.LearnerId), owner => EvictAsync(context, owner, kept.Sequence)), quota);

    private static long Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner, long kept)
    {
        IQueryable<StoredInterview> others = context.Interviews
            .Where(interview => interview.Owner == owner && interview.Sequence != kept).OrderBy(interview => interview.Sequence);
        IQueryable<StoredInterview> marked = others.Where(interview => interview.MarkedAt != null);
        long? oldest = await marked.Select(interview => (long?)interview.Sequence).FirstOrDefaultAsync(CancellationToken.None)
            ?? await others.Select(interview => (long?)interview.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.Interviews.Where(interview => interview.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }

    private static StoredInterview Of(Interview interview, string owner)
    {
        byte[] document = QuestionJson.Write(interview.Question);
        return new StoredInterview
        {
            Id = interview.Id,
            LearnerId = interview.Learner,
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
        Learner = row.LearnerId,
        HintsTaken = row.HintsTaken,
        Answer = row.Answer,
        RevealedAt = row.RevealedAt,
        MentionedFacts = row.Named?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
        MarkedAt = row.MarkedAt,
    };
}
