using System.Diagnostics;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>
/// Gives a device its work in parts that are measured to take a few hundredths of a second, and waits for it between them, so that a run can be
/// cancelled whatever it computes and however slow the device is. Used by one run at a time.
/// </summary>
/// <param name="accelerator">The device.</param>
internal sealed class LaunchPace(Accelerator accelerator)
{

    // Before it is measured, work is assumed to be slow: too small a part costs an extra start, too large a one cannot be cancelled.
    private const double SecondsOfOperation = 2e-8;
    private const double SecondsEmulated = 4e-7;
    private const double MostChange = 8;
    private const double Least = 1e-15;

    private readonly double secondsOfOperation = accelerator.AcceleratorType == AcceleratorType.CPU ? SecondsEmulated : SecondsOfOperation;
    private readonly HashSet<Launch> started = [];
    private double expected;
    private long since;

    /// <summary>The seconds that a part should take. Results do not depend on it.</summary>
    public double Seconds { get; set; } = 0.02;

    /// <summary>Begins a run; the device is idle.</summary>
    public void Begin()
    {
        started.Clear();
        expected = 0;
        since = Stopwatch.GetTimestamp();
    }

    /// <summary>Starts a launch part by part; the last parts may still run on return.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(Launch launch, DeviceRun run, CancellationToken cancellationToken)
    {
        for (int round = 0; round < launch.Rounds; round++)
        {
            for (int first = 0, count; first < launch.Count; first += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double seconds = launch.SecondsOfItem > 0 ? launch.SecondsOfItem : launch.SecondsOfItem = launch.Cost * secondsOfOperation;
                count = (int)Math.Clamp(Seconds / seconds, 1, launch.Count - first);
                launch.Start(run, new Items(first, round), count);
                started.Add(launch);
                expected += count * seconds;
                if (expected >= Seconds)
                {
                    Wait();
                }
            }
        }
    }

    // The ratio of the actual to the expected time of everything started since the last wait.
    private void Wait()
    {
        accelerator.Synchronize();
        double ratio = Math.Clamp(Stopwatch.GetElapsedTime(since).TotalSeconds / expected, 1 / MostChange, MostChange);
        foreach (Launch launch in started)
        {
            launch.SecondsOfItem = Math.Max(launch.SecondsOfItem * ratio, Least);
        }

        Begin();
    }
}
