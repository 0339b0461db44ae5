using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// Threads for long computations. They have a lower priority than those that serve connections, so that a short request is served at once while every
/// core computes; otherwise they run at full speed.
/// </summary>
public static partial class ComputeThread
{
    // Four tenths of the weight of other threads (kernel/sched/core.c, sched_prio_to_weight): a thread that wakes up preempts these. With less, a
    // garbage collection would wait long for them, since it starts only when every thread has reached a safepoint.
    private const int Niceness = 4;

    // A tenth of the weight of other threads, a quarter of that of threads that compute for a request.
    private const int BackgroundNiceness = 10;
    private const int PrioProcess = 0;

    /// <summary>Starts a thread that does not keep the process alive.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="run">What it does.</param>
    public static void Start(string name, Action run) => Start(name, run, ThreadPriority.BelowNormal, Niceness);

    /// <summary>Starts a thread that computes what no request waits for: those that compute for a request come first.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="run">What it does.</param>
    public static void StartInBackground(string name, Action run) => Start(name, run, ThreadPriority.Lowest, BackgroundNiceness);

    private static void Start(string name, Action run, ThreadPriority priority, int niceness) => new Thread(() =>
    {
        LowerPriority(niceness);
        run();
    })
    { IsBackground = true, Name = name, Priority = priority }.Start();

    // .NET ignores priorities on Linux, where each thread has its own niceness, which any thread may raise.
    private static void LowerPriority(int niceness)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(PrioProcess, 0, niceness);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
