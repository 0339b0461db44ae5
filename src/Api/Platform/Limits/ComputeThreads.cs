using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Threading;

namespace Backprop.Api.Platform.Limits;

/// <summary>The threads for computations that may take long; the thread pool is left to connections and short requests.</summary>
internal sealed class ComputeThreads : IDisposable
{
    // One for each request that holds a permit, of either kind, and as many again for writing answers.
    private const int ThreadsPerPermit = 4;

    [ThreadStatic]
    private static bool isCurrent;

    private readonly BlockingCollection<Action> continuations = [];

    /// <summary>Starts the threads.</summary>
    /// <param name="permits">The number of requests that compute at a time.</param>
    public ComputeThreads(int permits)
    {
        for (int i = 0; i < ThreadsPerPermit * permits; i++)
        {
            ComputeThread.Start($"Backprop compute {i + 1}", Run);
        }
    }

    /// <summary>Awaiting it continues on one of the threads.</summary>
    public Switch SwitchTo() => new(continuations);

    /// <summary>Awaiting it continues on the thread pool.</summary>
    public static async Task LeaveAsync()
    {
        if (isCurrent)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => continuations.CompleteAdding();

    private void Run()
    {
        isCurrent = true;
        foreach (Action continuation in continuations.GetConsumingEnumerable())
        {
            continuation();
        }
    }

    /// <summary>A switch to another thread.</summary>
    public readonly struct Switch : ICriticalNotifyCompletion
    {
        private readonly BlockingCollection<Action> continuations;

        internal Switch(BlockingCollection<Action> continuations) => this.continuations = continuations;

        /// <summary>Whether the current thread is one of them.</summary>
        public bool IsCompleted => isCurrent;

        /// <summary>The switch awaits itself.</summary>
        public Switch GetAwaiter() => this;

        /// <summary>Returns nothing.</summary>
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
                // The service is stopping, and its threads have ended.
                ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
            }
        }
    }
}
