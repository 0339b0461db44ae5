using System.Diagnostics;
using System.Net;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Overload;

/// <summary>A client that sends one request after another, and after a rejection retries at the requested time.</summary>
/// <param name="service">The address of the service.</param>
/// <param name="number">The number of the client; each has an address of its own.</param>
/// <param name="work">Its requests.</param>
/// <param name="figures">Its results.</param>
internal sealed class LoadClient(IPEndPoint service, int number, HeavyWork work, LoadFigures figures)
{
    private readonly Random _random = new(number);

    public async Task RunAsync(CancellationToken end)
    {
        using HttpClient http = SourceClient.Create(service, new IPAddress([127, 2, (byte)(number / 250), (byte)(1 + number % 250)]));
        int returns = 0;
        while (!end.IsCancellationRequested)
        {
            try
            {
                TimeSpan? wait = await SendAsync(http, returns, end);
                returns = wait is null ? 0 : returns + 1;
                await Task.Delay(wait ?? TimeSpan.Zero, end);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (HttpRequestException exception)
            {
                figures.Faults.Enqueue(exception.Message);
                await Task.Delay(100, CancellationToken.None);
            }
        }

        figures.Leave(returns);
    }

    // The requested wait, or null.
    private async Task<TimeSpan?> SendAsync(HttpClient http, int returns, CancellationToken end)
    {
        long sent = Stopwatch.GetTimestamp();
        using HttpRequestMessage request = work.Next(_random);
        using HttpResponseMessage response = await http.SendAsync(request, end);
        figures.Add((int)response.StatusCode, Stopwatch.GetElapsedTime(sent).TotalMilliseconds, returns);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        bool isRefusal = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        if (isRefusal && response.Headers.RetryAfter?.Delta is { } wait)
        {
            return wait;
        }

        figures.Faults.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(end)}");
        return TimeSpan.Zero;
    }
}
