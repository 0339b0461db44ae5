using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Builds models, and imports them.</summary>
internal static class Models
{
    public static readonly OnnxLimits Limits = new(MaxNodes: 1000, MaxElements: 10_000);

    /// <summary>A model with inputs x (and y) of type float and shape [2,3], and these nodes; its output is out.</summary>
    public static OnnxModel Of(long opset, params OnnxNode[] nodes) => new()
    {
        IrVersion = 8,
        OperatorSets = [new OperatorSet("", opset)],
        Graph = new OnnxGraph { Name = "g", Nodes = nodes, Inputs = [Float("x"), Float("y")], Outputs = [Float("out")] },
    };

    public static OnnxValue Float(string name) => new(name, OnnxElementType.Float, [new Dimension(2), new Dimension(3)]);

    /// <summary>A node written <c>a b = Op(c, d)</c>.</summary>
    public static OnnxNode Node(string text, params OnnxAttribute[] attributes)
    {
        string[] sides = text.Split(" = ");
        int open = sides[1].IndexOf('(');
        string[] name = sides[1][..open].Split(':');
        return new OnnxNode
        {
            Operator = name[^1],
            Domain = name.Length > 1 ? name[0] : "",
            Inputs = sides[1][(open + 1)..^1] is { Length: > 0 } inputs ? inputs.Split(", ") : [],
            Outputs = sides[0].Split(' '),
            Attributes = attributes,
        };
    }

    public static GraphDefinition Imported(this OnnxModel model, params string[] given) => new OnnxImporter(Limits).Import(ModelWriter.Write(model), SubmittedValues.None with { Names = given });

    /// <summary>The nodes, in the notation of <see cref="Node"/>, with their attributes.</summary>
    public static string[] Nodes(this OnnxModel model) => [.. model.Imported().Nodes.Select(Text)];

    /// <summary>Asserts a rejection, and returns its message.</summary>
    public static string ShouldBeRefused(this OnnxModel model)
    {
        var refusal = Should.Throw<GraphException>(() => model.Imported());
        refusal.Path.ShouldBe("onnx");
        return refusal.Message;
    }

    private static string Text(NodeDefinition node)
    {
        IEnumerable<string> attributes = node.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Text(pair.Value)}");
        IEnumerable<string> inputs = node.Inputs.Select(input => input.Number is { } number ? $"{number.Value[0]}" : input.Name!);
        return $"{string.Join(' ', node.Outputs)} = {node.Op}({string.Join(", ", inputs.Concat(attributes))})";
    }

    private static string Text(AttributeValue value) =>
        value.Texts is { } texts ? string.Join('|', texts) : string.Join('|', Enumerable.Range(0, value.Numbers!.Value.Count).Select(i => value.Numbers.Value[i]));
}
