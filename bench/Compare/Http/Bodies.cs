using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Compare.Candidates;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Http;

/// <summary>The bodies of requests.</summary>
internal static class Bodies
{
    private const int Several = 8;

    // Base64 as other encoders write it: the default of System.Text.Json would escape every '+'.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>(a·b + c)² at several points.</summary>
    public static IReadOnlyList<string> Seed() => Each(seed =>
    {
        var random = new Random(seed);
        return Request(
            [.. "abc".Select(name => Input($"{name}"))],
            [Node("d", "Mul", "a", "b"), Node("e", "Add", "d", "c"), Node("L", "Pow", "e", 2)],
            new JsonObject { ["a"] = Number(random), ["b"] = Number(random), ["c"] = Number(random) });
    });

    /// <summary>A graph of numbers.</summary>
    public static IReadOnlyList<string> Scalars(int operations)
    {
        var graph = ScalarGraph.Random(operations);
        return Each(seed =>
        {
            var random = new Random(seed);
            var values = new JsonObject();
            foreach (string name in graph.InputNames)
            {
                values[name] = random.NextDouble();
            }

            return Request([.. graph.InputNames.Select(Input)], [.. graph.Definition().Nodes.Select(Node)], values);
        });
    }

    /// <summary>A layer of rectified units and cross-entropy, with all values in base64.</summary>
    public static IReadOnlyList<string> Mlp(int rows, int features, int hidden, int classes) => Each(seed =>
    {
        var inputs = new (string Name, Tensor Value)[]
        {
            ("x", Values.Normal(DType.Float32, seed, 1, rows, features)), ("t", Values.Labels(seed, rows, classes)),
            ("w1", Values.Normal(DType.Float32, seed + 1, 0.2, features, hidden)), ("b1", Values.Normal(DType.Float32, seed + 2, 0.1, hidden)),
            ("w2", Values.Normal(DType.Float32, seed + 3, 0.1, hidden, classes)), ("b2", Values.Normal(DType.Float32, seed + 4, 0.1, classes)),
        };
        JsonObject request = Request(
            [.. inputs.Select(input => Typed(input.Name, input.Value.DType))],
            [
                Node("m1", "MatMul", "x", "w1"), Node("z1", "Add", "m1", "b1"), Node("h", "Relu", "z1"), Node("m2", "MatMul", "h", "w2"),
                Node("z2", "Add", "m2", "b2"), Node("L", "SoftmaxCrossEntropyLoss", "z2", "t"),
            ],
            new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Name, (JsonNode?)Binary(input.Value)))));
        request["wrt"] = new JsonArray("w1", "b1", "w2", "b2");
        request["encoding"] = "base64";
        return request;
    });

    /// <summary>The gradients of a problem, with all values in base64.</summary>
    public static string Of(Problem problem) => new JsonObject
    {
        ["expression"] = problem.Expression,
        ["inputs"] = new JsonObject(problem.Inputs.Select(input => KeyValuePair.Create(input.Key, (JsonNode?)Binary(input.Value)))),
        ["wrt"] = new JsonArray([.. problem.Wrt!.Select(name => (JsonNode)name)]),
        ["encoding"] = "base64",
    }.ToJsonString(Plain);

    private static IReadOnlyList<string> Each(Func<int, JsonObject> request) => [.. Enumerable.Range(1, Several).Select(seed => request(seed).ToJsonString(Plain))];

    private static JsonObject Request(JsonNode[] inputs, JsonNode[] nodes, JsonObject values) => new()
    {
        ["graph"] = new JsonObject { ["inputs"] = new JsonArray(inputs), ["nodes"] = new JsonArray(nodes), ["outputs"] = new JsonArray((string)nodes[^1]["name"]!) },
        ["inputs"] = values,
    };

    private static JsonObject Input(string name) => new() { ["name"] = name };

    private static JsonObject Typed(string name, DType dtype) => new() { ["name"] = name, ["dtype"] = dtype.Label() };

    private static JsonObject Node(NodeDefinition node) => Node(node.Name, node.Op, [.. node.Inputs.Select(input => (JsonNode)input.Name!)]);

    private static JsonObject Node(string name, string op, params JsonNode[] inputs) => new() { ["name"] = name, ["op"] = op, ["inputs"] = new JsonArray(inputs) };

    private static double Number(Random random) => random.Next(-99, 100) / 10.0;

    private static JsonObject Binary(Tensor value) => new()
    {
        ["shape"] = new JsonArray([.. value.Shape.Dims.ToArray().Select(dim => (JsonNode)dim)]),
        ["dtype"] = value.DType.Label(),
        ["base64"] = Convert.ToBase64String(value.Bytes()),
    };
}
