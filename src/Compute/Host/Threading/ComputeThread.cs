using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// Threads for long computations. They have a lower priority than those that serve connections, so that a short request is served at once while every
/// core computes; otherwise they run at full speed.
/// </summary>
public static partial class ComputeThread
{
    // Four tenths of the weight of other threads (kernel/sched/core.c, sched_prio_to_weight): a thread that wakes up preempts these.
    private const int Niceness = 4;
    private const int PrioProcess = 0;

    // sched(7), SCHED_IDLE: any other thread that wakes up preempts these at once, where a high niceness only shortens their time slice. A garbage
    // collection does not wait for them in vain: while it suspends the others, nothing competes with these.
    private const int IdlePolicy = 5;

    [ThreadStatic]
    private static bool isBackground;

    /// <summary>Whether no request waits for what the current thread computes.</summary>
    internal static bool IsBackground => isBackground;

    /// <summary>Starts a thread that does not keep the process alive.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="run">What it does.</param>
    public static void Start(string name, Action run) => Start(name, run, ThreadPriority.BelowNormal);

    /// <summary>Starts a thread that computes what no request waits for: all that serve or compute for a request come first.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="run">What it does.</param>
    public static void StartInBackground(string name, Action run) => Start(name, run, ThreadPriority.Lowest);

    private static void Start(string name, Action run, ThreadPriority priority)
    {
        // On Linux the runtime resets the policy of a thread that it starts, before Start returns.
        var started = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            started.Wait();
            isBackground = priority == ThreadPriority.Lowest;
            LowerPriority(priority);
            run();
        })
        { IsBackground = true, Name = name };
        thread.Start();
        started.Set();
    }

    private static void LowerPriority(ThreadPriority priority)
    {
        // .NET ignores priorities on Linux, except that a thread with a low one gets the policy of all others for good when it begins a garbage
        // collection. Each thread has its own niceness and policy there, which any thread may lower.
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = priority;
            return;
        }

        _ = SetPriority(PrioProcess, 0, Niceness);
        if (isBackground)
        {
            _ = SetScheduler(0, IdlePolicy, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
