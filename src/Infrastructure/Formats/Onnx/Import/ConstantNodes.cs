using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>The operator Constant, in all forms of its value. Unlike an initializer it is not a parameter.</summary>
internal static class ConstantNodes
{
    /// <summary>Adds the constant of a node.</summary>
    public static void Add(NodeTranslation node, DefinitionEmission definition, Unsupported unsupported)
    {
        if (node.Tensors.TryGetValue("value", out OnnxTensor? tensor) && tensor.Value is null)
        {
            unsupported.Add($"element type {tensor.Type.Label()}", $"node '{node.Label}'", node.Label);
            return;
        }

        if (node.Attributes.Keys.Any(name => name is "value_string" or "value_strings"))
        {
            unsupported.Add("element type string", $"node '{node.Label}'", node.Label);
            return;
        }

        Tensor value = tensor?.Value ?? Numbers(node) ?? throw node.Refused("its value must be a dense tensor or numbers");
        definition.Types.Add(node.Outputs[0], tensor?.Type ?? OnnxElementType.Undefined);
        definition.Add(new ConstantDefinition(node.Outputs[0], new Literal(value, value.DType), IsFixed: true));
    }

    // The numbers of value_float and value_floats have single precision, whatever the rest of the model uses.
    private static Tensor? Numbers(NodeTranslation node)
    {
        foreach ((string name, AttributeValue value) in node.Attributes)
        {
            switch (name)
            {
                case "value_int" or "value_ints" when value.Numbers is { } whole: return whole.As(DType.Int64);
                case "value_float" or "value_floats" when value.Numbers is { } numbers: return numbers.As(DType.Float32);
            }
        }

        return null;
    }
}
