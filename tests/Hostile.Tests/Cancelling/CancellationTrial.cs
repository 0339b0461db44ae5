using System.Diagnostics;
using System.Net;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>Sends a long request, disconnects, and waits until the service has stopped working on it.</summary>
/// <param name="service">The service.</param>
internal sealed class CancellationTrial(ServiceProcess service)
{
    private const int QuietWindows = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20), MostWork = TimeSpan.FromMilliseconds(10);
    private static readonly IPAddress Source = IPAddress.Parse("127.3.0.1");

    /// <summary>The time after which the client disconnects.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The maximum wait.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries one case, or a smaller one if it is rejected.</summary>
    public CancellationFigures Run(CancellationCase tried)
    {
        CancellationFigures figures = RunOnce(tried);
        return figures.Answer?.Status == 422 && tried.Smaller is { } smaller ? Run(smaller) : figures;
    }

    private CancellationFigures RunOnce(CancellationCase tried)
    {
        WaitUntilIdle(Longest);
        using (var connection = new RawConnection(service.Address, Source, Longest))
        {
            connection.Send(tried.Request);
            if (connection.HasAnswer(Patience))
            {
                return new CancellationFigures(tried.Name, connection.Receive(), null, TimeSpan.Zero);
            }
        }

        long hungUp = Stopwatch.GetTimestamp();
        TimeSpan worked = service.Usage.ProcessorTime;
        TimeSpan stopped = WaitUntilIdle(Longest) is { } idle ? Stopwatch.GetElapsedTime(hungUp, idle) : Longest;
        return new CancellationFigures(tried.Name, null, stopped, service.Usage.ProcessorTime - worked);
    }

    // The time when the service became idle, or null if it did not.
    private long? WaitUntilIdle(TimeSpan longest)
    {
        long began = Stopwatch.GetTimestamp(), quiet = began;
        TimeSpan worked = service.Usage.ProcessorTime;
        for (int windows = 0; Stopwatch.GetElapsedTime(began) < longest;)
        {
            Thread.Sleep(Window);
            bool idle = !service.Usage.IsRunnable && service.Usage.ProcessorTime - worked <= MostWork;
            if (!idle)
            {
                (quiet, worked) = (Stopwatch.GetTimestamp(), service.Usage.ProcessorTime);
            }

            windows = idle ? windows + 1 : 0;
            if (windows == QuietWindows)
            {
                return quiet;
            }
        }

        return null;
    }
}
