using System.Security.Cryptography;
using Backprop.Domain.Quotas;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>The runs, for clients. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
public sealed class TrainingRunStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients)
    : ITrainingRunStore
{
    // Compiled once: every look at a run runs it.
    private static readonly Func<BackpropDbContext, string, string?, CancellationToken, Task<StoredTrainingRun?>> ById = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, CancellationToken cancellationToken) => context.TrainingRuns.AsNoTracking()
            .SingleOrDefault(run => run.Id == id && (run.LearnerId == null || run.LearnerId == learner)));

    /// <inheritdoc/>
    public async Task<TrainingRun> AddAsync(NewTrainingRun added, string client, RunQuota quota, CancellationToken cancellationToken)
    {
        string owner = added.Run.Learner ?? await clients.OfAsync(client, cancellationToken);
        byte[] state = StateBytes.Write(added.State);
        return await writes.RunAsync(context => AddAsync(context, TrainingRunRows.Of(added, owner), added.Request, state, quota), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TrainingRun?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ById(context, id, learner, cancellationToken) is { } row ? TrainingRunRows.Read(row) : null;
    }

    /// <inheritdoc/>
    public async Task<TrainingRunListing> ListAsync(string learner, RunState? state, int limit, string? cursor, CancellationToken cancellationToken)
    {
        long before = cursor is null ? long.MaxValue : PageCursor.Read(cursor);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredTrainingRun> runs = context.TrainingRuns.AsNoTracking().Where(run => run.LearnerId == learner && run.Sequence < before);
        if (state is { } wanted)
        {
            runs = runs.Where(run => run.State == wanted);
        }

        List<StoredTrainingRun> rows = await runs.OrderByDescending(run => run.Sequence).Take(limit + 1).ToListAsync(cancellationToken);
        bool hasMore = rows.Count > limit;
        return new TrainingRunListing([.. rows.Take(limit).Select(TrainingRunRows.Read)], hasMore ? PageCursor.Of(rows[limit - 1].Sequence) : null);
    }

    /// <inheritdoc/>
    public Task<TrainingRun?> ChangeAsync(string id, string? learner, Func<TrainingRun, TrainingRun> change, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async context =>
            {
                StoredTrainingRun? row = await context.TrainingRuns.SingleOrDefaultAsync(
                    run => run.Id == id && (run.LearnerId == null || run.LearnerId == learner), CancellationToken.None);
                if (row is null)
                {
                    return null;
                }

                row.Apply(change(TrainingRunRows.Read(row)));
                await context.SaveChangesAsync(CancellationToken.None);
                return TrainingRunRows.Read(row);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.TrainingRuns
            .Where(run => run.Id == id && (run.LearnerId == null || run.LearnerId == learner))
            .ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<StoredProgress?> FindProgressAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.TrainingRuns
            .Where(run => run.Id == id && (run.LearnerId == null || run.LearnerId == learner))
            .Select(run => new
            {
                context.TrainingRequests.Single(request => request.Run == run.Sequence).Request,
                context.TrainingCheckpoints.Single(checkpoint => checkpoint.Run == run.Sequence).State,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new StoredProgress(found.Request, StateBytes.Read(found.State));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StepMetrics>> ReadMetricsAsync(string id, long after, long upTo, int limit, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ReadMetricsAsync(id, after, upTo, limit, cancellationToken);
    }

    private static async Task<TrainingRun> AddAsync(
        BackpropDbContext context, StoredTrainingRun row, byte[] request, byte[] state, RunQuota quota)
    {
        await context.RequireLearnerAsync(row.LearnerId);
        if (row.IdempotencyKey is { } key && await context.TrainingRuns.AsNoTracking()
            .SingleOrDefaultAsync(run => run.Owner == row.Owner && run.IdempotencyKey == key, CancellationToken.None) is { } same)
        {
            return CryptographicOperations.FixedTimeEquals(same.RequestHash, row.RequestHash)
                ? TrainingRunRows.Read(same)
                : throw new TrainingRunException(RunError.KeyReused, $"The idempotency key '{key}' was used with another request.");
        }

        IQueryable<StoredTrainingRun> unfinished = context.TrainingRuns.Where(run => run.FinishedAt == null);
        quota.RequireRoom(
            await unfinished.CountAsync(run => run.Owner == row.Owner, CancellationToken.None), await unfinished.CountAsync(CancellationToken.None));
        var holdings = new Holdings(context, HoldingKinds.TrainingRunsOf(row.LearnerId), owner => EvictAsync(context, owner));
        var eviction = new Eviction(holdings, quota.Stored);
        await eviction.RequireFitAsync(row.Bytes);
        context.Add(row);
        await context.SaveChangesAsync(CancellationToken.None);
        context.Add(new StoredTrainingRequest { Run = row.Sequence, Request = request });
        context.Add(new StoredTrainingCheckpoint { Run = row.Sequence, State = state });
        await context.SaveChangesAsync(CancellationToken.None);
        await eviction.RunAsync(row.Owner);
        return TrainingRunRows.Read(row);
    }

    // Only runs that have ended: the new one has not.
    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner)
    {
        long? oldest = await context.TrainingRuns.Where(run => run.Owner == owner && run.FinishedAt != null)
            .OrderBy(run => run.Sequence).Select(run => (long?)run.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.TrainingRuns.Where(run => run.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }
}
