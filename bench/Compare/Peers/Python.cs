using System.Diagnostics;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Peers;

/// <summary>Finds a Python with the modules of a peer: the first one on the path may not have them.</summary>
internal static class Python
{
    private const string Variable = "BACKPROP_PYTHON";

    /// <summary>A command that runs a script.</summary>
    /// <exception cref="MissingException">No Python has the modules.</exception>
    public static ProcessStartInfo Command(string modules, params string[] arguments)
    {
        string[] candidates = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : ["python3", "/usr/bin/python3"];
        string python = candidates.FirstOrDefault(candidate => Has(candidate, modules))
            ?? throw new MissingException($"no Python with {modules} ({string.Join(", ", candidates)}): see bench/README.md, or name one in {Variable}");
        return new ProcessStartInfo(python, arguments);
    }

    private static bool Has(string python, string modules)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {modules}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
