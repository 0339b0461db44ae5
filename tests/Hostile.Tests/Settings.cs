using System.Globalization;

namespace Backprop.Hostile.Tests;

/// <summary>The duration and intensity of the attacks, from the environment; by default the short form.</summary>
internal static class Settings
{
    private const double ShortSeconds = 1;

    /// <summary>Seconds per attack.</summary>
    public static double Seconds { get; } = Number("HOSTILE_SECONDS", ShortSeconds);

    /// <summary>True if the attacks last long enough for figures rather than only a verdict.</summary>
    public static bool IsLong => Seconds > ShortSeconds;

    /// <summary>The number of damaged requests.</summary>
    public static int Requests { get; } = (int)Number("HOSTILE_REQUESTS", 3000);

    /// <summary>The number of kills while clients write.</summary>
    public static int Kills { get; } = (int)Number("HOSTILE_KILLS", 2);

    /// <summary>
    /// Milliseconds below which a latency is never too long: the scheduler of a busy machine, which also runs the attackers, dominates there.
    /// </summary>
    public static double FloorMilliseconds { get; } = Number("HOSTILE_FLOOR_MS", Seconds > ShortSeconds ? 0 : 50);

    /// <summary>Bytes of memory that the service is allowed (<c>Limits:MemoryBytes</c>).</summary>
    public static long MemoryBytes { get; } = (long)Number("HOSTILE_MEMORY", 2L << 30);

    /// <summary>The file that the figures are also written to, or null.</summary>
    public static string? ReportFile { get; } = Environment.GetEnvironmentVariable("HOSTILE_REPORT");

    private static double Number(string variable, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out double number) ? number : otherwise;
}
