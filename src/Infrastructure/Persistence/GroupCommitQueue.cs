using System.Collections.Concurrent;
using System.Data;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// Serialises writes. Those that wait at the same time are committed together, with a single flush to disk. Safe for use by concurrent threads and
/// processes.
/// </summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class GroupCommitQueue(IDbContextFactory<BackpropDbContext> contexts) : IDisposable
{
    private const int MostTogether = 100;
    private const string BeforeWrite = "BeforeWrite";

    // SQLite allows one writer at a time: writes queue here without blocking a thread each. Turns are first come, first served.
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentQueue<QueuedWrite> waiting = new();

    /// <summary>Runs and commits a write: when this returns, its changes survive a killed process.</summary>
    /// <param name="write">The write, in an isolated transaction; if it throws, it is rolled back.</param>
    /// <param name="cancellationToken">Cancels waiting for the turn. A write that has begun is finished.</param>
    /// <exception cref="SqliteException">
    /// Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>), or nothing can be stored
    /// (<see cref="DatabaseFaults.IsUnwritable"/>).
    /// </exception>
    public async Task<T> RunAsync<T>(Func<BackpropDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var pending = new QueuedWrite<T>(write);
        waiting.Enqueue(pending);
        try
        {
            await turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!pending.TryBegin())
        {
            // Too late: another caller is writing it.
            return await pending.Result;
        }

        try
        {
            // A caller that waited before may have written it already.
            while (!pending.HasBegun)
            {
                await WriteAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        return await pending.Result;
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task WriteAsync()
    {
        List<QueuedWrite> writes = Take();
        try
        {
            await using BackpropDbContext context = await contexts.CreateDbContextAsync(CancellationToken.None);
            context.Database.AutoSavepointsEnabled = false;

            // Serializable is BEGIN IMMEDIATE: no other process writes between the reads and the writes here.
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable,
                CancellationToken.None);
            foreach (QueuedWrite write in writes)
            {
                await WriteAsync(write, context, transaction);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            writes.ForEach(write => write.Fail(exception));
            return;
        }

        writes.ForEach(write => write.Publish());
    }

    private static async Task WriteAsync(QueuedWrite write, BackpropDbContext context, IDbContextTransaction transaction)
    {
        await transaction.CreateSavepointAsync(BeforeWrite, CancellationToken.None);
        bool isSound = await write.RunAsync(context);

        // SQLite may then have rolled back the whole transaction, so none of the others can be stored either.
        if (write.Failure is { } failure && DatabaseFaults.IsUnwritable(failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (!isSound)
        {
            await transaction.RollbackToSavepointAsync(BeforeWrite, CancellationToken.None);
        }

        await transaction.ReleaseSavepointAsync(BeforeWrite, CancellationToken.None);
        context.ChangeTracker.Clear();
    }

    private List<QueuedWrite> Take()
    {
        var taken = new List<QueuedWrite>();
        while (taken.Count < MostTogether && waiting.TryDequeue(out QueuedWrite? write))
        {
            if (write.TryBegin())
            {
                taken.Add(write);
            }
        }

        return taken;
    }
}
