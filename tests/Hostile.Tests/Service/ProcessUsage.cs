using System.Globalization;

namespace Backprop.Hostile.Tests.Service;

/// <summary>The resource usage of a process, from <c>/proc</c>.</summary>
/// <param name="id">The process.</param>
internal sealed class ProcessUsage(int id)
{
    private const int TicksPerSecond = 100;
    private const int State = 0, UserTicks = 11, SystemTicks = 12; // Fields after the name, which may itself have spaces.

    /// <summary>Resident memory.</summary>
    public long ResidentBytes => Environment.SystemPageSize * long.Parse(Read("statm").Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Processor time, to 10 ms.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            string[] fields = Fields(Read("stat"));
            long ticks = long.Parse(fields[UserTicks], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTicks], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
    }

    /// <summary>True if a thread runs or waits for a processor: busy, even if other programs delay it.</summary>
    public bool IsRunnable => Directory.EnumerateDirectories($"/proc/{id}/task").Any(IsRunning);

    private static bool IsRunning(string thread)
    {
        try
        {
            return Fields(File.ReadAllText($"{thread}/stat"))[State] == "R";
        }
        catch (IOException)
        {
            return false; // The thread has ended.
        }
    }

    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private string Read(string file) => File.ReadAllText($"/proc/{id}/{file}");
}
