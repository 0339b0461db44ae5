using System.Diagnostics;
using Backprop.Compare.Matches;
using Backprop.Compare.Ours;

namespace Backprop.Compare.Peers;

/// <summary>ADOL-C in a process of its own, compiled when it is first needed.</summary>
internal sealed class AdolcPeer : IDisposable
{
    private const string Source = "adolc/adolc_peer.cpp";

    private readonly Process process;

    private AdolcPeer(Process process) => this.process = process;

    /// <exception cref="MissingException">The program, a compiler or the library is missing, or peers are not wanted.</exception>
    public static AdolcPeer Start(MixedScalars graph, Options options)
    {
        if (options.NoPeers)
        {
            throw new MissingException("peers left out");
        }

        string program = Compile();
        string file = Path.Combine(Places.BuiltPeers, "scalars.bin");
        graph.Write(file);
        return new AdolcPeer(Process.Start(new ProcessStartInfo(program, [file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    /// <summary>The value and the gradient.</summary>
    public IReadOnlyList<double[]> Answer()
    {
        double[] numbers = Ask("check");
        return [numbers[..1], .. numbers[1..].Select(number => new[] { number })];
    }

    /// <summary>Value and gradient, timed.</summary>
    public Contestant Contestant() => new("ADOL-C", seconds => Ask($"time {seconds}")[0]);

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private double[] Ask(string question)
    {
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the ADOL-C peer ended");
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)];
    }

    private static string Compile()
    {
        string source = Places.Peers(Source);
        string program = Path.Combine(Places.BuiltPeers, "adolc_peer");
        if (File.Exists(program) && File.GetLastWriteTimeUtc(program) > File.GetLastWriteTimeUtc(source))
        {
            return program;
        }

        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("g++", ["-O3", "-march=native", "-o", program, source, "-ladolc"]) { RedirectStandardError = true })!;
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
