using System.Text.Json;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>A long-running request.</summary>
/// <param name="Name">The name of the case.</param>
/// <param name="Request">Its bytes.</param>
internal sealed record CancellationCase(string Name, byte[] Request)
{
    // As large as the limits allow, which depends on the number of values in an operator's definition.
    private static readonly int[] ChainLengths = [40, 16, 6];

    // Operators whose own loops take long, for a short run.
    private static readonly string[] Longest =
        ["MatMul", "Conv", "MaxPool", "TopK", "Unique", "ScatterElements", "LSTM", "Attention", "Det", "RandomNormal", "SVD", "Solve", "LogCumSumExp"];

    /// <summary>The next smaller request, if this one is rejected; null if there is none.</summary>
    public CancellationCase? Smaller { get; init; }

    /// <summary>The calls whose own loops take the longest.</summary>
    public static IEnumerable<CancellationCase> OfLongOperators() => Longest.Select(name => Of(name, HeavyCalls.All[name].Graph()));

    /// <summary>A call of each operator of the service's table.</summary>
    /// <param name="operators">The answer to <c>GET /operators</c>.</param>
    public static IEnumerable<CancellationCase> OfOperators(JsonElement operators)
    {
        foreach (JsonElement row in operators.EnumerateArray())
        {
            string name = row.GetProperty("name").GetString()!;
            yield return HeavyCalls.All.TryGetValue(name, out OperatorCall? call) ? Of(name, call.Graph()) : Elementwise(name, row);
        }
    }

    private static CancellationCase Elementwise(string name, JsonElement row)
    {
        int operands = row.GetProperty("inputs").GetArrayLength();
        string attributes = name switch { "Cast" => "\"to\":11", "Mod" => "\"fmod\":1", _ => "" };
        CancellationCase? smaller = null;
        foreach (int times in ChainLengths.Reverse())
        {
            smaller = Of(name, ElementwiseChain.Graph(name, operands, attributes, times)) with { Smaller = smaller };
        }

        return smaller!;
    }

    private static CancellationCase Of(string name, string graph) =>
        new(name, RawConnection.Post("/gradients", $$$"""{"graph":{{{graph}}},"inputs":{"s":1.5}}"""));
}
