using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Measuring;

/// <summary>
/// The well-behaved client: a small gradient every few milliseconds, with new values each time, on a thread of its own, so that nothing else in this
/// process delays it. It obeys Retry-After.
/// </summary>
/// <param name="service">The address of the service.</param>
internal sealed class Bystander(IPEndPoint service)
{
    private const double IntervalMilliseconds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Settings.IsLong ? 10 : 5);
    private static readonly IPAddress Source = IPAddress.Parse("127.0.0.2");
    private readonly Random _random = new(1);

    /// <summary>Sends requests for a time, and returns the results.</summary>
    public Task<BystanderFigures> ObserveAsync(TimeSpan time)
    {
        var done = new TaskCompletionSource<BystanderFigures>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Observe(time, done)) { IsBackground = true }.Start();
        return done.Task;
    }

    private void Observe(TimeSpan time, TaskCompletionSource<BystanderFigures> done)
    {
        try
        {
            done.SetResult(Observe(time));
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    private BystanderFigures Observe(TimeSpan time)
    {
        var figures = new BystanderFigures();
        RawConnection? connection = null;
        bool returning = false;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
        {
            long sent = Stopwatch.GetTimestamp();
            try
            {
                connection ??= new RawConnection(service, Source, Patience);
                TimeSpan? wait = Ask(connection, figures, returning);
                returning = wait is not null;
                figures.Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds, IntervalMilliseconds);
                TimeSpan pause = wait ?? TimeSpan.FromMilliseconds(IntervalMilliseconds) - Stopwatch.GetElapsedTime(sent);
                TimeSpan left = time - Stopwatch.GetElapsedTime(began);
                Thread.Sleep(TimeSpan.FromTicks(Math.Max(0, Math.Min(pause.Ticks, left.Ticks))));
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                figures.Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds, IntervalMilliseconds);
                figures.Faults.Enqueue($"no answer after {Stopwatch.GetElapsedTime(sent).TotalSeconds:0.0} s: {exception.Message}");
                connection?.Dispose();
                connection = null;
                Thread.Sleep(10);
            }
        }

        connection?.Dispose();
        return figures;
    }

    // The requested wait, or null.
    private TimeSpan? Ask(RawConnection connection, BystanderFigures figures, bool returning)
    {
        (int a, int b, int c) = (_random.Next(-50, 51), _random.Next(-50, 51), _random.Next(-50, 51));
        string body = $$$"""{"expression":"d = a*b; e = d + c; L = e^2","inputs":{"a":{{{a}}},"b":{{{b}}},"c":{{{c}}}}}""";
        connection.Send(RawConnection.Post("/gradients", body));
        RawResponse response = connection.Receive();
        figures.Add(response, returning);
        if (response.Status == 200)
        {
            Verify(response, figures, a, b, c);
        }

        return response.Status is 429 or 503 ? response.RetryAfter : null;
    }

    private static void Verify(RawResponse response, BystanderFigures figures, int a, int b, int c)
    {
        using var answer = JsonDocument.Parse(response.Body);
        JsonElement gradients = answer.RootElement.GetProperty("gradients");
        int e = a * b + c;
        if (answer.RootElement.GetProperty("value").GetDouble() != e * e || Of("a") != 2 * e * b || Of("b") != 2 * e * a || Of("c") != 2 * e)
        {
            figures.Faults.Enqueue($"wrong numbers for a = {a}, b = {b}, c = {c}: {response.Text}");
        }

        double Of(string input) => gradients.GetProperty(input).GetDouble();
    }
}
