using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Reports;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>The reports of errors. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
public sealed class ReportStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients) : IReportStore
{
    /// <inheritdoc/>
    public async Task<QuestionReport> AddAsync(QuestionReport report, string client, ReportQuota quota, CancellationToken cancellationToken)
    {
        var row = new StoredReport
        {
            QuestionId = report.QuestionId,
            Version = report.Version,
            LearnerId = report.Learner,
            Owner = report.Learner ?? await clients.OfAsync(client, cancellationToken),
            Text = report.Text,
            ReportedAt = report.At,
        };
        await writes.RunAsync(
            async context =>
            {
                await context.RequireLearnerAsync(row.LearnerId);
                Require(await context.QuestionReports.CountAsync(one => one.Owner == row.Owner, CancellationToken.None), quota.OfClient);
                Require(await context.QuestionReports.CountAsync(CancellationToken.None), quota.Total);
                context.Add(row);
                return await context.SaveChangesAsync(CancellationToken.None);
            },
            cancellationToken);
        return Read(row);
    }

    /// <inheritdoc/>
    public async Task<ReportListing> ListAsync(string? question, int limit, string? cursor, CancellationToken cancellationToken)
    {
        long after = cursor is null ? 0 : PageCursor.Read(cursor);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredReport> reports = context.QuestionReports.AsNoTracking().Where(report => report.Sequence > after);
        if (question is not null)
        {
            reports = reports.Where(report => report.QuestionId == question);
        }

        List<StoredReport> rows = await reports.OrderBy(report => report.Sequence).Take(limit + 1).ToListAsync(cancellationToken);
        bool hasMore = rows.Count > limit;
        return new ReportListing([.. rows.Take(limit).Select(Read)], hasMore ? PageCursor.Of(rows[limit - 1].Sequence) : null);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(long number, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.QuestionReports.Where(report => report.Sequence == number).ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    internal static QuestionReport Read(StoredReport row) =>
        new(row.Sequence, row.QuestionId, row.Version, row.Text, row.ReportedAt) { Learner = row.LearnerId };

    private static void Require(int held, StorageLimit limit)
    {
        if (held >= limit.Value)
        {
            throw new LimitException(limit.Name, limit.Value, $"{held + 1} reports");
        }
    }
}
