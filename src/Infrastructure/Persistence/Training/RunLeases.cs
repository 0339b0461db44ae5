using Backprop.Domain.Training.Runs;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>Which process computes which run, in the queue of writes: each claim and each commit is an isolated transaction.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="time">The clock.</param>
public sealed class RunLeases(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, TimeProvider time) : IRunLeases
{
    private const int Part = 20;

    /// <inheritdoc/>
    public async Task<ClaimedRun?> ClaimAsync(
        string owner, IReadOnlyCollection<long> held, int? vectorBits, TimeSpan lease, CancellationToken cancellationToken)
    {
        // A look needs no turn among the writers; it finds nothing most of the time.
        await using (BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Claimable(context, held, vectorBits, time.GetUtcNow()).AnyAsync(cancellationToken))
            {
                return null;
            }
        }

        return await writes.RunAsync(context => ClaimAsync(context, owner, held, vectorBits, lease), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LeaseAnswer> CommitAsync(RunLease lease, RunProgress progress, TimeSpan renewal, CancellationToken cancellationToken)
    {
        byte[]? state = progress.Checkpoint is { } checkpoint ? StateBytes.Write(checkpoint) : null;
        return writes.RunAsync(context => CommitAsync(context, lease, progress, state, renewal), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> DeleteFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int gone = 0;
        for (int part = Part; part == Part; gone += part)
        {
            // Between two parts other writes get their turn.
            part = await writes.RunAsync(
                context => context.TrainingRuns.Where(run => run.FinishedAt < before).OrderBy(run => run.FinishedAt).Take(Part)
                    .ExecuteDeleteAsync(CancellationToken.None),
                cancellationToken);
        }

        return gone;
    }

    private static IQueryable<StoredTrainingRun> Claimable(
        BackpropDbContext context, IReadOnlyCollection<long> held, int? vectorBits, DateTimeOffset now) =>
        context.TrainingRuns.Where(run => run.FinishedAt == null && !held.Contains(run.Sequence)
            && (vectorBits == null || run.VectorBits == vectorBits)
            && (run.State == RunState.Queued || (run.State == RunState.Running && run.LeaseUntil < now)));

    private async Task<ClaimedRun?> ClaimAsync(
        BackpropDbContext context, string owner, IReadOnlyCollection<long> held, int? vectorBits, TimeSpan lease)
    {
        DateTimeOffset now = time.GetUtcNow();

        // Owners take turns: the one with the fewest runs in progress comes first.
        StoredTrainingRun? row = await Claimable(context, held, vectorBits, now)
            .OrderBy(run => context.TrainingRuns.Count(other =>
                other.FinishedAt == null && other.Owner == run.Owner && other.State == RunState.Running && other.LeaseUntil >= now))
            .ThenBy(run => run.Sequence)
            .FirstOrDefaultAsync(CancellationToken.None);
        if (row is null)
        {
            return null;
        }

        row.State = RunState.Running;
        row.StartedAt ??= now;
        row.Claim++;
        row.Process = owner;
        row.LeaseUntil = now + lease;
        await context.SaveChangesAsync(CancellationToken.None);
        byte[] request = await context.TrainingRequests.Where(request => request.Run == row.Sequence).Select(request => request.Request)
            .SingleAsync(CancellationToken.None);
        byte[] state = await context.TrainingCheckpoints.Where(checkpoint => checkpoint.Run == row.Sequence)
            .Select(checkpoint => checkpoint.State).SingleAsync(CancellationToken.None);
        return new ClaimedRun(
            new RunLease(row.Sequence, row.Id, row.Claim), TrainingRunRows.Read(row), request, StateBytes.Read(state), row.ComputedSeconds);
    }

    private async Task<LeaseAnswer> CommitAsync(
        BackpropDbContext context, RunLease lease, RunProgress progress, byte[]? state, TimeSpan renewal)
    {
        StoredTrainingRun? row = await context.TrainingRuns.SingleOrDefaultAsync(run => run.Sequence == lease.Sequence, CancellationToken.None);
        if (row is null || row.Claim != lease.Claim || row.Step != progress.From || row.State != RunState.Running)
        {
            return new LeaseAnswer(IsOwner: false, null);
        }

        Domain.Training.StepMetrics[] metrics = [.. progress.Metrics.Where(metric => metric.Step > row.MetricStep)];
        if (metrics.Length > 0)
        {
            await context.AppendAsync(row.Sequence, metrics);
            row.MetricStep = metrics[^1].Step;
            row.LossBits = BitConverter.DoubleToInt64Bits(metrics[^1].Loss);
        }

        if (state is not null)
        {
            row.CheckpointStep = progress.Checkpoint!.Step;
            await context.TrainingCheckpoints.Where(saved => saved.Run == row.Sequence)
                .ExecuteUpdateAsync(update => update.SetProperty(saved => saved.State, state), CancellationToken.None);
        }

        row.Step = Math.Max(row.Step, progress.Step);
        row.StepsPerSecond = progress.StepsPerSecond ?? row.StepsPerSecond;
        row.ComputedSeconds = progress.ComputedSeconds;
        row.LeaseUntil = time.GetUtcNow() + renewal;
        RunCommand? pending = row.Pending;
        if (progress.Left is { } left)
        {
            Leave(row, progress, left);
        }

        await context.SaveChangesAsync(CancellationToken.None);
        return new LeaseAnswer(IsOwner: true, pending);
    }

    private void Leave(StoredTrainingRun row, RunProgress progress, RunState left)
    {
        RunCommand? pending = row.Pending;
        row.State = left;
        row.Pending = null;
        row.Process = null;
        row.LeaseUntil = null;
        row.Reason = progress.Reason;
        row.Node = progress.Node;
        if (left.IsOver())
        {
            row.FinishedAt = time.GetUtcNow();
        }
        else if (left == RunState.Queued && pending is { } command)
        {
            row.Apply(TrainingRunRows.Read(row).After(command, time.GetUtcNow()));
        }
    }
}
