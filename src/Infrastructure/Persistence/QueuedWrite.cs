namespace Backprop.Infrastructure.Persistence;

/// <summary>A write that waits for its turn. It is claimed once: by the caller that executes it or by the one that cancels it.</summary>
internal abstract class QueuedWrite
{
    private int begun;

    public bool HasBegun => Volatile.Read(ref begun) != 0;

    public bool TryBegin() => Interlocked.Exchange(ref begun, 1) == 0;

    /// <summary>Runs it within a transaction; false if it failed and must be rolled back.</summary>
    public abstract Task<bool> RunAsync(BackpropDbContext context);

    /// <summary>The exception that it threw.</summary>
    public abstract Exception? Failure { get; }

    /// <summary>Publishes its outcome once it is committed.</summary>
    public abstract void Publish();

    /// <summary>Publishes that it was not committed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A write with a result.</summary>
/// <param name="write">The write.</param>
internal sealed class QueuedWrite<T>(Func<BackpropDbContext, Task<T>> write) : QueuedWrite
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? failure;

    public override Exception? Failure => failure;

    public Task<T> Result => completion.Task;

    public override async Task<bool> RunAsync(BackpropDbContext context)
    {
        try
        {
            result = await write(context);
            return true;
        }
        catch (Exception exception)
        {
            failure = exception;
            return false;
        }
    }

    public override void Publish()
    {
        if (failure is null)
        {
            completion.SetResult(result!);
        }
        else
        {
            completion.SetException(failure);
        }
    }

    public override void Fail(Exception exception) => completion.SetException(failure ?? exception);
}
