using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Tests.Limits;

/// <summary>Nodes whose building visits very many elements.</summary>
internal static class LargeConstants
{
    private const int Many = 1 << 26;
    private const int Known = 1 << 22;

    private static readonly Dictionary<string, Func<NodeDefinition>> All = new()
    {
        ["RandomNormal"] = () => Node("RandomNormal", [], ("shape", new[] { Many })),
        ["RandomUniform"] = () => Node("RandomUniform", [], ("shape", new[] { Many })),
        ["HannWindow"] = () => Node("HannWindow", [Literal.Of(Many)]),
        ["Range"] = () => Node("Range", [Literal.Of(0L), Literal.Of((long)Many), Literal.Of(1L)]),
        ["EyeLike"] = () => Node("EyeLike", ["matrix"]),
        ["Trilu"] = () => Node("Trilu", ["matrix"]),
        ["MelWeightMatrix"] = () => Node("MelWeightMatrix", [Literal.Of(1L << 12), Literal.Of(1L << 14), Literal.Of(8000L), Literal.Of(0.0),
            Literal.Of(4000.0)]),
        ["DFT"] = () => Node("DFT", ["signal"]),
        ["Resize"] = () => Node("Resize", ["ints", Operand.Omitted, Operand.Omitted], ("sizes", new[] { Many })),
        ["Pad"] = () => Node("Pad", ["ints"], ("pads", new[] { Many / 2, Many / 2 }), ("mode", "wrap")),
        ["Dropout"] = () => Node("Dropout", ["matrix", Literal.Of(0.5), "yes"]),
        ["AffineGrid"] = () => Node("AffineGrid", ["theta"], ("size", new[] { 1, 1, 1 << 12, 1 << 12 })),
        ["NonZero"] = () => Node("NonZero", ["ints"]),
        ["Unique"] = () => Node("Unique", ["ints"]),
        ["Compress"] = () => Node("Compress", ["ints", "bools"]),
    };

    public static IReadOnlyCollection<string> Kinds => All.Keys;

    public static (GraphDefinition Definition, Dictionary<string, Literal> Values) Of(string kind)
    {
        var values = new Dictionary<string, Literal>
        {
            ["ints"] = new(Tensor.Vector([.. Enumerable.Range(0, Known).Select(i => (long)(i * 7919L % 1_000_003))])),
            ["bools"] = new(Tensor.Filled(new TensorType(DType.Bool, Shape.Of(Known)), 1)),
            ["yes"] = new(Tensor.Scalar(true)),
            ["matrix"] = new(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of(1 << 12, 1 << 13)))),
            ["signal"] = new(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of(1 << 12, 1)))),
            ["theta"] = new(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of(1, 2, 3)))),
        };
        NodeDefinition node = All[kind]();
        HashSet<string> used = [.. node.Inputs.Select(input => input.Name ?? string.Empty)];
        Dictionary<string, Literal> given = values.Where(value => used.Contains(value.Key)).ToDictionary();
        return (new GraphDefinition([.. given.Select(value => new InputDefinition(value.Key, value.Value.Value.DType))], [], [node], ["y"]), given);
    }

    private static NodeDefinition Node(string op, IReadOnlyList<Operand> operands, params (string Name, AttributeValue Value)[] attributes) =>
        new(op, operands, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), ["y"]);
}
