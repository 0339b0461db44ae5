using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Tries to move the alias of another client's graph, and registers another graph under it.</summary>
internal sealed class AliasTakeover(int number) : RequestAttack(number)
{
    private const string Alias = "price-model";
    private const int Right = 16; // (2 · (-3) + 10)²
    private int _round;

    /// <inheritdoc/>
    public override int LeastAnswers => 9;

    /// <inheritdoc/>
    public override string Name => "alias takeover";

    /// <inheritdoc/>
    protected override int Parallel => 1;

    /// <inheritdoc/>
    public override async Task PrepareAsync(ServiceProcess service)
    {
        using HttpClient victim = SourceClient.Create(service.Address, Source(1));
        await AskAsync(victim, "the victim's registration", () => Post("/graphs", $$"""{"expression":"L = (a*b + c)^2","alias":"{{Alias}}"}"""));
    }

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) => (_round++ % 3) switch
    {
        0 => Post("/graphs", """{"expression":"L = (a*b + c)^2","alias":"zzz"}"""),
        1 => Post("/graphs", $$"""{"expression":"L = a + b + c + 1000000","alias":"{{Alias}}"}"""),
        _ => Post("/evaluations", $$$"""{"graphId":"{{{Alias}}}","inputs":{"a":2,"b":-3,"c":10}}"""),
    };

    /// <inheritdoc/>
    protected override void Check(HttpRequestMessage request, int status, string body)
    {
        bool reads = request.RequestUri!.AbsolutePath == "/evaluations";
        if (reads && status is not (429 or 503) && !(status == 200 && body.Contains($"\"L\":{Right}", StringComparison.Ordinal)))
        {
            Faults.Enqueue($"the victim's graph answers {status} {body}");
        }
    }
}
