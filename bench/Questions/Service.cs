using System.Diagnostics;
using Backprop.Client;
using Backprop.Client.Practice;
using Microsoft.Extensions.DependencyInjection;

namespace Backprop.Questions;

/// <summary>A running service, asked one request at a time.</summary>
internal sealed class Service : IDisposable
{
    private const int WarmUps = 10;
    private const int Timed = 60;

    private readonly HttpClient http;
    private readonly ServiceProvider clients;

    public Service(Uri address, string key)
    {
        http = new HttpClient { BaseAddress = address };
        IServiceCollection services = new ServiceCollection();
        services.AddBackpropClient(options => (options.BaseAddress, options.ApiKey) = (address, key)).ConfigureHttpClient(client => client.Timeout = TimeSpan.FromMinutes(10));
        clients = services.BuildServiceProvider();
    }

    public async Task ImportAsync(QuestionSetContract questions)
    {
        long begin = Stopwatch.GetTimestamp();
        ImportReport report = await clients.GetRequiredService<IBackpropApi>().ImportQuestionsAsync(questions);
        Console.WriteLine($"{report.Added} questions imported in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s, {report.Unchanged} unchanged");
    }

    public async Task TimeAsync(Case asked)
    {
        var times = new double[Timed];
        for (int i = -WarmUps; i < Timed; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.GetAsync(asked.Uri(i + WarmUps));
            await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        double median = times[Timed / 2];
        Console.WriteLine($"{asked.Name,-42} median {median,7:0.00} ms   p95 {times[Timed * 95 / 100],7:0.00} ms   {(median <= asked.TargetMs ? "within" : "OVER")} {asked.TargetMs:0} ms");
    }

    public void Dispose()
    {
        http.Dispose();
        clients.Dispose();
    }
}
