using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Reports;

/// <summary>Reports of errors in questions.</summary>
/// <param name="bank">The questions.</param>
/// <param name="store">Stores reports.</param>
/// <param name="quota">How many reports are kept.</param>
/// <param name="time">The clock.</param>
public sealed class ReportService(IQuestionBank bank, IReportStore store, ReportQuota quota, TimeProvider time)
{
    /// <summary>Stores a report of an error in the current version of a question.</summary>
    /// <param name="question">The id of the question.</param>
    /// <param name="text">What is wrong.</param>
    /// <param name="learner">Who reports it; null if anonymous.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such question.</exception>
    /// <exception cref="Graphs.LimitException">There are as many reports as allowed.</exception>
    public async Task<QuestionReport> AddAsync(string question, string text, string? learner, string client, CancellationToken cancellationToken)
    {
        BankedQuestion banked = await bank.RequireAsync(question, cancellationToken);
        var report = new QuestionReport(0, banked.Question.Id, banked.Version, text, time.GetUtcNow()) { Learner = learner };
        return await store.AddAsync(report, client, quota, cancellationToken);
    }

    /// <summary>A page of reports, the oldest first.</summary>
    public Task<ReportListing> ListAsync(string? question, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.ListAsync(question, limit, cursor, cancellationToken);

    /// <summary>Deletes a report that was dealt with.</summary>
    /// <exception cref="PracticeException">There is none.</exception>
    public async Task DeleteAsync(long number, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(number, cancellationToken))
        {
            throw PracticeException.NotFound($"No report {number}.");
        }
    }
}
