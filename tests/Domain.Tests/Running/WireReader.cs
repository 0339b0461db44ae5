using System.Text.Json;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Tests.Running;

/// <summary>Reads graphs and values in the part of the wire format that the tests use.</summary>
internal static class WireReader
{
    public static GraphDefinition Graph(JsonElement graph) => new(
        List(graph, "inputs", Input),
        List(graph, "constants", constant => new ConstantDefinition(Text(constant, "name"), Value(constant.GetProperty("value")))),
        List(graph, "nodes", Node),
        List(graph, "outputs", name => name.GetString()!));

    public static Dictionary<string, Literal> Values(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement values)
        ? values.EnumerateObject().ToDictionary(value => value.Name, value => Value(value.Value))
        : [];

    public static IReadOnlyList<string>? Names(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out _) ? List(owner, name, item => item.GetString()!) : null;

    public static DType? Type(JsonElement owner) => !owner.TryGetProperty("dtype", out JsonElement label) ? null : label.GetString() switch
    {
        "float32" => DType.Float32,
        "int64" => DType.Int64,
        "bool" => DType.Bool,
        _ => DType.Float64,
    };

    /// <summary>A number, nested arrays, or shape and data.</summary>
    public static Literal Value(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            int[] dims = [.. value.GetProperty("shape").EnumerateArray().Select(dim => dim.GetInt32())];
            Literal flat = Value(value.GetProperty("data"));
            return new Literal(flat.Value.Reshaped(Shape.Of(dims)), Type(value));
        }

        var shape = new List<int>();
        for (JsonElement level = value; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
            if (shape[^1] == 0)
            {
                break;
            }
        }

        return Numbers([.. Leaves(value)], Shape.Of([.. shape]));
    }

    private static Literal Numbers(JsonElement[] leaves, Shape shape)
    {
        if (leaves.Length > 0 && leaves[0].ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return new Literal(Tensor.Of(Array.ConvertAll(leaves, leaf => leaf.GetBoolean()), shape));
        }

        return leaves.All(IsWhole)
            ? new Literal(Tensor.Of(Array.ConvertAll(leaves, leaf => leaf.GetInt64()), shape))
            : new Literal(Tensor.Of(Array.ConvertAll(leaves, Number), shape));
    }

    private static bool IsWhole(JsonElement leaf) => leaf.ValueKind == JsonValueKind.Number && leaf.TryGetInt64(out _) && leaf.GetRawText() != "-0";

    private static double Number(JsonElement leaf) => leaf.ValueKind == JsonValueKind.Number ? leaf.GetDouble() : leaf.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var other => throw new FormatException($"'{other}' is no number"),
    };

    private static IEnumerable<JsonElement> Leaves(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Leaves) : [value];

    private static InputDefinition Input(JsonElement input) => new(
        Text(input, "name"),
        Type(input),
        input.TryGetProperty("shape", out _) ? List(input, "shape", Dimension) : null);

    private static Dimension Dimension(JsonElement dim) =>
        dim.ValueKind == JsonValueKind.String ? new Dimension(0, dim.GetString()) : new Dimension(dim.GetInt32());

    private static NodeDefinition Node(JsonElement node) => new(
        Text(node, "op"),
        List(node, "inputs", operand => operand.ValueKind == JsonValueKind.String ? operand.GetString()! : (Operand)Value(operand)),
        node.TryGetProperty("attributes", out JsonElement attributes)
            ? attributes.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => Attribute(attribute.Value))
            : NodeDefinition.NoAttributes,
        node.TryGetProperty("name", out JsonElement name) ? [name.GetString()!] : List(node, "outputs", output => output.GetString()!));

    private static AttributeValue Attribute(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.String
        ? value.EnumerateArray().Select(text => text.GetString()!).ToArray()
        : new AttributeValue(Value(value), null, value.ValueKind == JsonValueKind.Array);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private static T[] List<T>(JsonElement owner, string name, Func<JsonElement, T> read) =>
        owner.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(read)] : [];
}
