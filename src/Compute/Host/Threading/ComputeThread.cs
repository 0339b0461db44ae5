using System.Runtime.InteropServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// Threads that compute for long. They have a lower priority than those that serve connections, so that a short request is served at once while
/// every core computes; while nothing else wants to run, they run as fast as any.
/// </summary>
public static partial class ComputeThread
{
    // Four tenths of the weight of other threads (kernel/sched/core.c, sched_prio_to_weight): one that wakes up preempts these. With less, a
    // collection would wait for them for long, since it begins when every thread has come to a point where it may be suspended.
    private const int Niceness = 4;
    private const int PrioProcess = 0;

    /// <summary>Starts a thread that does not keep the process alive.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="run">What it does.</param>
    public static void Start(string name, Action run) => new Thread(() =>
    {
        LowerPriority();
        run();
    })
    { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal }.Start();

    // .NET ignores priorities on Linux, where each thread has a niceness of its own; any thread may raise it.
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(PrioProcess, 0, Niceness);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
