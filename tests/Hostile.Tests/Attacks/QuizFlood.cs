using System.Diagnostics;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>One client draws quizzes as fast as it can, with forged addresses (X-Forwarded-For), while another occasionally draws one.</summary>
internal sealed class QuizFlood(int number) : RequestAttack(number)
{
    private const int PerMinute = 12, SecondsInMinute = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.2 * SecondsInMinute / PerMinute);

    /// <inheritdoc/>
    public override int LeastAnswers => 3 * PerMinute;

    /// <inheritdoc/>
    public override string Name => "quizzes, X-Forwarded-For";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Configuration { get; } = new Dictionary<string, string>
    {
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        ["RateLimits:QuizzesPerMinute"] = $"{PerMinute}",
    };

    /// <inheritdoc/>
    public override async Task RunAsync(ServiceProcess service, CancellationToken end)
    {
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(base.RunAsync(service, end), DrawAsync(service, end));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (Statuses[201] > PerMinute * (1 + (seconds / SecondsInMinute)) + 1)
        {
            Faults.Enqueue($"one address drew {Statuses[201]} quizzes in {seconds:0.0} s, as if it were many clients");
        }
    }

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        HttpRequestMessage request = Post("/quizzes", $$"""{"count":3,"seed":{{random.Next()}}}""");
        request.Headers.Add("X-Forwarded-For", $"203.0.{random.Next(256)}.{random.Next(256)}");
        request.Headers.Add("Forwarded", $"for=198.51.{random.Next(256)}.{random.Next(256)}");
        return request;
    }

    private async Task DrawAsync(ServiceProcess service, CancellationToken end)
    {
        using HttpClient other = SourceClient.Create(service.Address, Source(1));
        while (!end.IsCancellationRequested)
        {
            await AskAsync(other, "a quiz of another client", () => Post("/quizzes", """{"count":3}"""));
            await Task.WhenAny(Task.Delay(Interval, end));
        }
    }
}
