using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Backprop.Hostile.Tests.Service;

/// <summary>The service in a separate process, on a free loopback port.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private const int KeptLines = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(ProcessStartInfo start, string database)
    {
        Database = database;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Usage = new ProcessUsage(_process.Id);
    }

    /// <summary>Its address.</summary>
    public IPEndPoint Address => _listening.Task.Result;

    /// <summary>Its database file.</summary>
    public string Database { get; }

    /// <summary>The resource usage of the process.</summary>
    public ProcessUsage Usage { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="database">The database file; its folder is the working directory.</param>
    /// <param name="environment">Configuration keys and their values.</param>
    public static async Task<ServiceProcess> StartAsync(string database, IReadOnlyDictionary<string, string> environment)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "Backprop.Api.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls=http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(database),
        };
        start.Environment["ConnectionStrings__Backprop"] = $"Data Source={database}";
        foreach ((string key, string value) in environment)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var service = new ServiceProcess(start, database);
        try
        {
            await service._listening.Task.WaitAsync(Patience);
            await service.BecomeReadyAsync();
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>Kills the process like <c>kill -9</c>.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(Patience).ShouldBeTrue();
    }

    /// <summary>Asks the process to stop (SIGTERM); false if it has not stopped after a time.</summary>
    public bool Terminate(TimeSpan patience)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
        return _process.WaitForExit(patience);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task BecomeReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Address}"), Timeout = Patience };
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience; await Task.Delay(50))
        {
            if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
            {
                return;
            }
        }

        throw new TimeoutException($"The service is not ready:\n{Output}");
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"The service ended:\n{Output}"));
            return;
        }

        _output.Enqueue(line);
        if (_output.Count > KeptLines)
        {
            _output.TryDequeue(out _);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(IPEndPoint.Parse(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"http://(127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
