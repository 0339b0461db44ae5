using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>A node in translation from its operator set's version to the newest, which the operator table uses.</summary>
/// <param name="definition">Where it is added.</param>
/// <param name="node">The node as in the file.</param>
/// <param name="label">Its name for messages.</param>
internal sealed class NodeTranslation(DefinitionEmission definition, OnnxNode node, string label)
{
    /// <summary>The operator.</summary>
    public string Operator { get; set; } = node.Operator;

    /// <summary>Its name for messages.</summary>
    public string Label => label;

    /// <summary>The operands.</summary>
    public List<Operand> Inputs { get; init; } = [];

    /// <summary>A required operand.</summary>
    /// <exception cref="GraphException">It is missing.</exception>
    public Operand Required(int place) => place < Inputs.Count && !Inputs[place].IsOmitted ? Inputs[place]
        : throw Refused($"operand {place + 1} is missing");

    /// <summary>The names of its values.</summary>
    public List<string> Outputs { get; init; } = [];

    /// <summary>The element types of values in the file, if they differ from those here.</summary>
    public ValueTypes Types => definition.Types;

    /// <summary>The element type that an attribute states for the result.</summary>
    public OnnxElementType ResultType { get; set; }

    /// <summary>The attributes except tensors.</summary>
    public Dictionary<string, AttributeValue> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>The attributes that are tensors.</summary>
    public Dictionary<string, OnnxTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long fallback) => Attributes.TryGetValue(name, out AttributeValue? value)
        && value.Numbers is { Value.DType: DType.Int64, Value.Count: 1 } numbers
        ? numbers.Value.Values<long>()[0]
        : fallback;

    /// <summary>Emits a further node and returns the name of its value.</summary>
    public string Emit(string op, IReadOnlyList<Operand> inputs, params (string Name, AttributeValue Value)[] attributes)
    {
        string name = definition.Fresh($"{label}.{op}");
        definition.Add(new NodeDefinition(op, inputs, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), [name]));
        return name;
    }

    /// <summary>Emits a constant and returns its name.</summary>
    public string Constant(Literal value)
    {
        string name = definition.Fresh($"{label}.value");
        definition.Add(new ConstantDefinition(name, value, IsFixed: true));
        return name;
    }

    /// <summary>Adds a node after one of this one's values, the first unless stated: that value gets a name of its own, which is returned.</summary>
    public string Behind(string op, Func<string, IReadOnlyList<Operand>> inputs, int value = 0)
    {
        string inner = definition.Fresh($"{label}.{Operator}");
        definition.Add(new NodeDefinition(op, inputs(inner), NodeDefinition.NoAttributes, [Outputs[value]]));
        Outputs[value] = inner;
        return inner;
    }

    /// <summary>Rejects the node.</summary>
    public GraphException Refused(string why) => new("onnx", $"node '{label}' ({node.Operator}): {why}", label);
}
