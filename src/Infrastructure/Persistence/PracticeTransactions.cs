using Backprop.Domain.Practice;

namespace Backprop.Infrastructure.Persistence;

/// <summary>Transactions of practice in the queue of writes.</summary>
/// <param name="writes">The queue of writes.</param>
public sealed class PracticeTransactions(GroupCommitQueue writes) : IPracticeTransactions
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<IPracticeTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        writes.RunAsync(context => work(new PracticeTransaction(context)), cancellationToken);

    /// <inheritdoc/>
    public bool IsUnavailable(Exception exception) => DatabaseFaults.IsUnwritable(exception) || DatabaseFaults.IsBusy(exception);
}
