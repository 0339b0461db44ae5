using System.Text;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Exports of a graph of sixty thousand nodes as an ONNX model.</summary>
internal sealed class Exports(int number) : RequestAttack(number)
{
    private const int Nodes = 60_000;
    private string _path = "";

    /// <inheritdoc/>
    public override string Name => "ONNX exports";

    /// <inheritdoc/>
    protected override int Parallel => 30;

    /// <inheritdoc/>
    public override async Task PrepareAsync(ServiceProcess service)
    {
        var text = new StringBuilder("n0 = x");
        for (int i = 1; i <= Nodes; i++)
        {
            text.Append($"; n{i} = sin(n{i - 1})");
        }

        using HttpClient http = SourceClient.Create(service.Address, Source());
        await AskAsync(http, $"the registration of {Nodes} nodes", () => Post("/graphs", $$"""{"expression":"{{text}}","alias":"long-chain"}"""));
        _path = "/graphs/long-chain";
    }

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) => new(HttpMethod.Get, random.Next(4) == 0 ? $"{_path}/gradient-graph" : _path)
    {
        Headers = { { "Accept", "application/onnx" } },
    };
}
