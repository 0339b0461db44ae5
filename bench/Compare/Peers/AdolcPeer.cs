using System.Diagnostics;
using System.Text.Json.Nodes;
using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Peers;

/// <summary>ADOL-C, in a program that is compiled on first use: it generates a graph, tapes it, and times value and gradient from the tape.</summary>
internal sealed class AdolcPeer
{
    private const string Source = "adolc/peer.cpp";

    private readonly string program;

    private AdolcPeer(string program) => this.program = program;

    /// <exception cref="MissingException">The program, a compiler or the library is missing, or peers are disabled.</exception>
    public static AdolcPeer Start(Options options) => options.NoPeers ? throw new MissingException("peers left out") : new AdolcPeer(Compile());

    /// <summary>The value and the gradient.</summary>
    public IReadOnlyList<double[]> Answer(ScalarGraph graph)
    {
        JsonNode answer = Ask(graph, 0);
        return [[answer["value"]!.GetValue<double>()], .. answer["gradient"]!.AsArray().Select(number => new[] { number!.GetValue<double>() })];
    }

    /// <summary>Value and gradient, timed.</summary>
    public Candidate Candidate(ScalarGraph graph) => new(
        "ADOL-C", seconds => Ask(graph, seconds)["gradientNs"]!.GetValue<double>() * graph.Operations / 1e6);

    private JsonNode Ask(ScalarGraph graph, double seconds)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, [graph.Name, $"{graph.Requested}", $"{seconds}"]) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonNode.Parse(line)! : throw new InvalidOperationException($"the ADOL-C peer ended with {process.ExitCode}");
    }

    private static string Compile()
    {
        string source = RepositoryPaths.Peers(Source);
        if (!File.Exists(source))
        {
            throw new MissingException($"bench/peers/{Source} is not there");
        }

        string program = Path.Combine(RepositoryPaths.BuiltPeers, "adolc-peer");
        if (File.Exists(program) && File.GetLastWriteTimeUtc(program) > File.GetLastWriteTimeUtc(source))
        {
            return program;
        }

        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("g++", ["-std=c++17", "-O3", "-march=native", "-o", program, source, "-ladolc"]) { RedirectStandardError = true })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : throw new MissingException($"ADOL-C's peer does not compile (libadolc-dev?): {errors.Split('\n')[0]}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MissingException("no g++, which compiles ADOL-C's peer");
        }
    }
}
