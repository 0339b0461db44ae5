using System.Diagnostics;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Http;

/// <summary>The load generator: one thread in C, which uses few resources of the two sides.</summary>
internal static class Wrk
{
    /// <summary>Sends the bodies of a folder over this many connections, and returns the milliseconds per answer.</summary>
    /// <exception cref="InvalidDataException">A request failed.</exception>
    public static double Time(Uri route, string folder, int connections, double seconds)
    {
        string[] arguments = ["-t1", $"-c{connections}", $"-d{Math.Max(1, (int)Math.Round(seconds))}s", "--timeout", "30s", "-s", RepositoryPaths.Peers("post.lua"), route.ToString(), "--", folder];
        using Process process = Start(arguments);
        string report = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] numbers = report.TrimEnd().Split('\n')[^1].Split(' ');
        if (process.ExitCode != 0 || numbers.Length != 3)
        {
            throw new InvalidDataException($"wrk: {report}");
        }

        (double requests, double microseconds, double errors) = (double.Parse(numbers[0]), double.Parse(numbers[1]), double.Parse(numbers[2]));
        return errors == 0 && requests > 0 ? microseconds / requests / 1e3 : throw new InvalidDataException($"{errors} of {requests} requests failed");
    }

    /// <exception cref="MissingException">It is not installed.</exception>
    public static void Require()
    {
        using Process process = Start(["-v"]);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MissingException("wrk, which makes the load over HTTP, is not installed");
        }
    }
}
