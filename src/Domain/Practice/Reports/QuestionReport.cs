using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice.Reports;

/// <summary>A report of an error in a question.</summary>
/// <param name="Number">Its number in the order of arrival.</param>
/// <param name="QuestionId">The question.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Text">What is wrong, in the words of the reporter.</param>
/// <param name="At">When it was reported.</param>
public sealed record QuestionReport(long Number, string QuestionId, int Version, string Text, DateTimeOffset At)
{
    /// <summary>The learner who reported it; null if nobody was signed in.</summary>
    public string? Learner { get; init; }
}

/// <summary>A page of reports.</summary>
/// <param name="Items">The reports, the oldest first.</param>
/// <param name="NextCursor">Where the next page begins, or null.</param>
public sealed record ReportListing(IReadOnlyList<QuestionReport> Items, string? NextCursor);

/// <summary>How many reports are kept until they are deleted.</summary>
/// <param name="OfClient">Of one learner or client.</param>
/// <param name="Total">Of all together.</param>
public sealed record ReportQuota(StorageLimit OfClient, StorageLimit Total);

/// <summary>The reports of errors.</summary>
public interface IReportStore
{
    /// <summary>Stores a report, which gets its number.</summary>
    /// <param name="report">The report.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">The quota.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="Graphs.LimitException">There are as many reports as allowed.</exception>
    /// <exception cref="AccountDeletedException">The account of the learner was deleted in the meantime.</exception>
    Task<QuestionReport> AddAsync(QuestionReport report, string client, ReportQuota quota, CancellationToken cancellationToken);

    /// <summary>A page of reports, the oldest first.</summary>
    /// <param name="question">Only those of this question; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cursor">Where the page begins; null for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ReportListing> ListAsync(string? question, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Deletes a report; false if there is none of this number.</summary>
    Task<bool> DeleteAsync(long number, CancellationToken cancellationToken);
}
