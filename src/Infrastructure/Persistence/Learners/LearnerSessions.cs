using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The outcome of a refresh.</summary>
public enum SessionRenewal
{
    /// <summary>The refresh token was valid and has been replaced.</summary>
    Renewed,

    /// <summary>There is no such session.</summary>
    Closed,

    /// <summary>The refresh token had been used before. It may have been stolen, so the session was closed.</summary>
    Reused,
}

/// <summary>The sessions of learners.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
public sealed class LearnerSessions(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes)
{
    /// <summary>The maximum number of sessions of one learner; another one closes the oldest.</summary>
    public const int MostPerLearner = 50;

    /// <summary>Opens a session whose first refresh token has number 0 and deletes the learner's expired ones.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels; nothing is opened then.</param>
    /// <exception cref="Domain.Practice.AccountDeletedException">The account was deleted in the meantime.</exception>
    public Task OpenAsync(LearnerSession session, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            await context.RequireLearnerAsync(session.LearnerId);
            IQueryable<LearnerSession> others = context.LearnerSessions.Where(other => other.LearnerId == session.LearnerId);
            await others.Where(other => other.ExpiresAt <= session.StartedAt).ExecuteDeleteAsync(CancellationToken.None);
            List<string> surplus = await others.OrderByDescending(other => other.StartedAt).Skip(MostPerLearner - 1)
                .Select(other => other.Id).ToListAsync(CancellationToken.None);
            await context.LearnerSessions.Where(other => surplus.Contains(other.Id)).ExecuteDeleteAsync(CancellationToken.None);
            context.Add(session);
            return await context.SaveChangesAsync(CancellationToken.None);
        },
        cancellationToken);

    /// <summary>Whether a session of a learner is open.</summary>
    public async Task<bool> IsOpenAsync(string id, string learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LearnerSessions.AnyAsync(session => session.Id == id && session.LearnerId == learner, cancellationToken);
    }

    /// <summary>Consumes a refresh token. Of two requests with the same one, the second closes the session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="number">The number of the refresh token.</param>
    /// <param name="expiresAt">When the next refresh token expires.</param>
    /// <param name="cancellationToken">Cancels; nothing is changed then.</param>
    public Task<SessionRenewal> RenewAsync(string id, int number, DateTimeOffset expiresAt, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            IQueryable<LearnerSession> session = context.LearnerSessions.Where(session => session.Id == id);
            int renewed = await session.Where(session => session.RefreshNumber == number).ExecuteUpdateAsync(
                update => update.SetProperty(row => row.RefreshNumber, number + 1).SetProperty(row => row.ExpiresAt, expiresAt),
                CancellationToken.None);
            if (renewed == 1)
            {
                return SessionRenewal.Renewed;
            }

            return await session.ExecuteDeleteAsync(CancellationToken.None) == 1 ? SessionRenewal.Reused : SessionRenewal.Closed;
        },
        cancellationToken);

    /// <summary>Closes a session and invalidates its tokens.</summary>
    public Task CloseAsync(string id, CancellationToken cancellationToken) => writes.RunAsync(
        context => context.LearnerSessions.Where(session => session.Id == id).ExecuteDeleteAsync(CancellationToken.None), cancellationToken);

    /// <summary>Closes all sessions of a learner.</summary>
    public Task CloseAllAsync(string learner, CancellationToken cancellationToken) => writes.RunAsync(
        context => context.LearnerSessions.Where(session => session.LearnerId == learner).ExecuteDeleteAsync(CancellationToken.None),
        cancellationToken);
}
