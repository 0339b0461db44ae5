using System.Net.Http.Headers;
using System.Text;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Valid HTTP requests from one address, several at a time, ignoring rejections.</summary>
/// <param name="number">Distinguishes the attack's addresses from others.</param>
internal abstract class RequestAttack(int number) : Attack(number)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(60);

    /// <summary>Requests at a time.</summary>
    protected virtual int Parallel => 8;

    /// <summary>The next request.</summary>
    /// <param name="random">The random source.</param>
    protected abstract HttpRequestMessage Next(Random random);

    /// <inheritdoc/>
    public override async Task RunAsync(ServiceProcess service, CancellationToken end)
    {
        using HttpClient http = SourceClient.Create(service.Address, Source());
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(worker => Task.Run(() => SendAsync(http, new Random(worker), end))));
    }

    /// <summary>A request with a JSON body.</summary>
    protected static HttpRequestMessage Post(string path, byte[] body)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    /// <summary>A request with a JSON body.</summary>
    protected static HttpRequestMessage Post(string path, string body) => Post(path, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends a request of another client, which must succeed; if it is given a turn, at that time.</summary>
    protected async Task AskAsync(HttpClient other, string what, Func<HttpRequestMessage> request)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                using HttpResponseMessage response = await other.SendAsync(request(), patience.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }

                if (response.Headers.RetryAfter?.Delta is not { } wait)
                {
                    Faults.Enqueue($"{what}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(patience.Token)}");
                    return;
                }

                await Task.Delay(wait, patience.Token);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            Faults.Enqueue($"{what}: {exception.Message}");
        }
    }

    /// <summary>Checks an answer beyond its status.</summary>
    protected virtual void Check(HttpRequestMessage request, int status, string body)
    {
    }

    private async Task SendAsync(HttpClient http, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using HttpRequestMessage request = Next(random);
                using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                string body = await ReadAsync(response, end);
                Record((int)response.StatusCode, response.Headers.RetryAfter is not null, body);
                Check(request, (int)response.StatusCode, body);
                await Task.Delay(Pause, end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref Unanswered);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    // The beginning of a body; the rest is read and dropped, to keep this process small.
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken end)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(end);
        var buffer = new byte[64 << 10];
        int kept = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, end);
        var rest = new byte[64 << 10];
        while (await stream.ReadAsync(rest, end) > 0)
        {
        }

        return Encoding.UTF8.GetString(buffer, 0, kept);
    }
}
