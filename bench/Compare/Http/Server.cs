using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Backprop.Compare.Peers;

namespace Backprop.Compare.Http;

/// <summary>A server in a separate process, on a free loopback port.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Server(string name, ProcessStartInfo start, int port)
    {
        Name = name;
        Address = new Uri($"http://127.0.0.1:{port}/gradients");
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        AwaitConnection(port);
    }

    public string Name { get; }

    /// <summary>The route of gradients.</summary>
    public Uri Address { get; }

    /// <summary>The service in its default configuration, with a database of its own.</summary>
    public static Server Ours(DirectoryInfo folder)
    {
        int port = FreePort();
        var start = new ProcessStartInfo("dotnet", [RepositoryPaths.Built("Api", "Backprop.Api.dll"), $"--urls=http://127.0.0.1:{port}", $"--ConnectionStrings:Backprop=Data Source={Path.Combine(folder.FullName, "backprop.db")}"])
        {
            WorkingDirectory = folder.FullName,
        };
        return new Server("ours", start, port);
    }

    /// <summary>A server that parses the body and returns a file.</summary>
    public static Server BareKestrel(string answer)
    {
        int port = FreePort();
        return new Server("bare Kestrel", new ProcessStartInfo("dotnet", [RepositoryPaths.Built("BareKestrel", "Backprop.BareKestrel.dll"), $"--answer={answer}", $"--urls=http://127.0.0.1:{port}"]), port);
    }

    /// <summary>FastAPI and PyTorch.</summary>
    /// <exception cref="Comparisons.MissingException">They are not installed.</exception>
    public static Server FastApi()
    {
        int port = FreePort();
        ProcessStartInfo start = Python.Command("torch, fastapi, uvicorn, uvloop, httptools", RepositoryPaths.Peers("fastapi_peer.py"), $"{port}");
        TorchPeer.Tune(start, 1_000);
        return new Server("FastAPI + PyTorch", start, port);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void AwaitConnection(int port)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; Thread.Sleep(100))
        {
            if (process.HasExited)
            {
                break;
            }

            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException($"{Name} does not start");
    }
}
