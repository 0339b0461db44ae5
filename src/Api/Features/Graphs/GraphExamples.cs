namespace Backprop.Api.Features.Graphs;

/// <summary>Bodies that register graphs, shown in OpenAPI; the tests run them.</summary>
internal static class GraphExamples
{
    public const string Registration = """
        {
          "inputs": [{ "name": "a" }, { "name": "b" }, { "name": "c" }],
          "nodes": [
            { "name": "d", "op": "Mul", "inputs": ["a", "b"] },
            { "name": "e", "op": "Add", "inputs": ["d", "c"] },
            { "name": "L", "op": "Pow", "inputs": ["e", 2] }
          ],
          "outputs": ["L"],
          "alias": "squared-sum"
        }
        """;

    /// <summary>A model of Gemm, Tanh and ReduceMean: its inputs are x, w and b, all float64.</summary>
    public const string Model =
        "CAg6lQEKEgoBeAoBdwoBYhIBeiIER2VtbQoMCgF6EgFoIgRUYW5oCiMKAWgSAUwiClJlZHVj"
        + "ZU1lYW4qDwoIa2VlcGRpbXMYAKABAhIEY2FzZVoTCgF4Eg4KDAgLEggKAggCCgIIA1oTCgF3"
        + "Eg4KDAgLEggKAggDCgIIAloPCgFiEgoKCAgLEgQKAggCYgsKAUwSBgoECAsSAEIECgAQEQ==";

    public const string OnnxRegistration = $$"""{ "onnx": "{{Model}}", "alias": "mean-tanh" }""";
}
