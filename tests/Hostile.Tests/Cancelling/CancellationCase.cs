using System.Text.Json;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>A request that computes for long.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Request">Its bytes.</param>
internal sealed record CancellationCase(string Name, byte[] Request)
{
    // Those whose own loops take long: what a short run tries.
    private static readonly string[] Longest =
        ["MatMul", "Conv", "MaxPool", "TopK", "Unique", "ScatterElements", "LSTM", "Attention", "Det", "RandomNormal"];

    /// <summary>The calls whose own loops take the longest.</summary>
    public static IEnumerable<CancellationCase> OfLongOperators() => Longest.Select(name => Of(name, HeavyCalls.All[name].Graph()));

    /// <summary>A call of each operator of the service's table.</summary>
    /// <param name="operators">What <c>GET /operators</c> answers.</param>
    public static IEnumerable<CancellationCase> OfOperators(JsonElement operators)
    {
        foreach (JsonElement row in operators.EnumerateArray())
        {
            string name = row.GetProperty("name").GetString()!;
            yield return Of(name, HeavyCalls.All.TryGetValue(name, out OperatorCall? call) ? call.Graph() : Elementwise(name, row));
        }
    }

    private static string Elementwise(string name, JsonElement row) =>
        ElementwiseChain.Graph(name, row.GetProperty("inputs").GetArrayLength(), name == "Cast" ? "\"to\":11" : "");

    private static CancellationCase Of(string name, string graph) =>
        new(name, RawConnection.Post("/gradients", $$$"""{"graph":{{{graph}}},"inputs":{"s":1.5}}"""));
}
