using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Backprop.Quizzes;

/// <summary>The service in a separate process, in its default configuration except for the rate of drawing.</summary>
/// <param name="folder">The folder of its database.</param>
internal sealed class Service(DirectoryInfo folder) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly int port = FreePort();
    private Process? process;

    public Uri Address => new($"http://127.0.0.1:{port}");

    public async Task StartAsync()
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "..", "..", "Api", "release", "Backprop.Api.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, $"--urls={Address}", $"--ConnectionStrings:Backprop=Data Source={Path.Combine(folder.FullName, "backprop.db")}"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            Environment = { ["RateLimits__QuizzesPerMinute"] = "0", ["Logging__LogLevel__Default"] = "Warning" },
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.WriteLine(line.Data);
        process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience; await Task.Delay(100))
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException("The service does not start.");
    }

    /// <summary>Kills the process like <c>kill -9</c>.</summary>
    public void Kill()
    {
        if (process is not { HasExited: false })
        {
            return;
        }

        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
