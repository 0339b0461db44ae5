using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;

namespace Backprop.Api.Tests.Robustness;

/// <summary>The service in a process of its own, on a free port of the loopback interface.</summary>
public sealed partial class ServiceProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServiceProcess(Process process, Uri address, IReadOnlyCollection<string> log)
    {
        _process = process;
        Log = log;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Http { get; }

    /// <summary>The lines of the log so far.</summary>
    public IReadOnlyCollection<string> Log { get; }

    /// <summary>The peak memory of the process in bytes; null if the system does not report it.</summary>
    public long? PeakBytes
    {
        get
        {
            string status = $"/proc/{_process.Id}/status";
            return File.Exists(status)
                ? long.Parse(Peak().Match(File.ReadAllText(status)).Groups[1].Value, CultureInfo.InvariantCulture) << 10
                : null;
        }
    }

    public bool HasExited => _process.HasExited;

    public static async Task<ServiceProcess> StartAsync(string database, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Backprop=Data Source={database}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(database),
        };
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            log.Enqueue(line.Data ?? "");
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Value));
            }
        };
        process.BeginOutputReadLine();
        return new ServiceProcess(process, await listening.Task.WaitAsync(Patience), log);
    }

    /// <summary>Kills the process like <c>kill -9</c>.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(Patience).ShouldBeTrue();
    }

    /// <summary>Asks the process to stop like <c>kill</c>; false if it has not stopped after this time.</summary>
    public async Task<bool> EndAsync(TimeSpan patience)
    {
        using Process kill = Process.Start("kill", $"-TERM {_process.Id}");
        await kill.WaitForExitAsync();
        return _process.WaitForExit(patience);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Http.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex Peak();
}
