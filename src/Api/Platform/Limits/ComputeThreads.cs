using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Threading;

namespace Backprop.Api.Platform.Limits;

/// <summary>The threads on which requests compute that may take long; those of the thread pool are left to connections and short requests.</summary>
public sealed class ComputeThreads : IDisposable
{
    // Requests that hold a permit, of either kind, and as many that write their answers.
    private const int ThreadsPerPermit = 4;

    [ThreadStatic]
    private static bool isCurrent;

    private readonly BlockingCollection<Action> continuations = [];

    /// <summary>Starts the threads.</summary>
    /// <param name="permits">How many requests compute at a time.</param>
    public ComputeThreads(int permits)
    {
        for (int i = 0; i < ThreadsPerPermit * permits; i++)
            ComputeThread.Start($"Backprop compute {i + 1}", Run);
    }

    /// <summary>Awaited, goes on on one of the threads.</summary>
    public Switch SwitchTo() => new(continuations);

    /// <summary>Goes on on a thread of the pool.</summary>
    public static async Task LeaveAsync()
    {
        if (isCurrent)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <inheritdoc/>
    public void Dispose() => continuations.CompleteAdding();

    private void Run()
    {
        isCurrent = true;
        foreach (Action continuation in continuations.GetConsumingEnumerable())
            continuation();
    }

    /// <summary>The change to another thread.</summary>
    public readonly struct Switch : ICriticalNotifyCompletion
    {
        private readonly BlockingCollection<Action> continuations;

        internal Switch(BlockingCollection<Action> continuations) => this.continuations = continuations;

        /// <summary>True on one of the threads.</summary>
        public bool IsCompleted => isCurrent;

        /// <summary>The switch awaits itself.</summary>
        public Switch GetAwaiter() => this;

        /// <summary>Nothing comes of it.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation)
        {
            try
            {
                continuations.Add(continuation);
            }
            catch (InvalidOperationException)
            {
                // The service ends, and its threads have.
                ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
            }
        }
    }
}
