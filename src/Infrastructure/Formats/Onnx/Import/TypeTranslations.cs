using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Maps element types: each becomes the one in which it is computed here, and untyped values take the type of the typed ones.</summary>
internal static class TypeTranslations
{
    private static readonly string[] Names = ["to", "dtype", "output_datatype"];

    /// <summary>Attributes that name an element type.</summary>
    public static void ElementTypes(NodeTranslation node, Unsupported unsupported)
    {
        foreach (string name in Names)
        {
            if (node.Int(name, 0) is not 0 and long number)
            {
                var type = (OnnxElementType)(int)Math.Clamp(number, int.MinValue, int.MaxValue);
                if (type.DType() is { } dtype)
                {
                    node.ResultType = type;
                    node.Attributes[name] = (long)Schema.ElementTypes.Of(dtype);
                }
                else
                {
                    unsupported.Add($"element type {type.Label()}", $"attribute {name} of node '{node.Label}'", node.Label);
                }
            }
        }
    }

    /// <summary>
    /// Operators that create values from nothing use single precision if a model states no element type; the table would use that of the request.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="attribute">The attribute that states it.</param>
    public static void SingleUnlessStated(NodeTranslation node, string attribute) => node.Attributes.TryAdd(attribute, (long)OnnxElementType.Float);

    /// <summary>ConstantOfShape takes its element type from a tensor (by default a float 0): it is that number, expanded.</summary>
    public static void Filled(NodeTranslation node)
    {
        Tensor value = node.Tensors.Remove("value", out OnnxTensor? tensor)
            ? tensor.Value ?? throw node.Refused($"the element type {tensor.Type.Label()} is not supported")
            : Tensor.Scalar(0f);
        if (value.Count != 1)
        {
            throw node.Refused($"its value must have one element; it has {value.Count}");
        }

        string name = node.Constant(new Literal(value.Reshaped(Shape.Scalar), value.DType));
        node.Types.Add(name, tensor?.Type ?? OnnxElementType.Float);
        node.Operator = "Expand";
        node.Inputs.Insert(0, name);
    }

    /// <summary>BitShift of non-negative whole numbers: a product with a power of two, or an integer quotient.</summary>
    public static void Shifted(NodeTranslation node)
    {
        bool isLeft = node.Attributes.Remove("direction", out AttributeValue? direction) && direction.Texts is ["LEFT"];
        if (!isLeft && direction?.Texts is not ["RIGHT"])
        {
            throw node.Refused("the attribute direction must be LEFT or RIGHT");
        }

        node.Inputs[1] = node.Emit("Pow", [node.Constant(new Literal(Tensor.Scalar(2L), DType.Int64)), node.Required(1)]);
        node.Operator = isLeft ? "Mul" : "Div";
    }

    /// <summary>OneHot accepts indices and depth of any numeric type.</summary>
    public static void WholePositions(NodeTranslation node)
    {
        for (int place = 0; place < Math.Min(node.Inputs.Count, 2); place++)
        {
            node.Inputs[place] = node.Emit("Cast", [node.Inputs[place]], ("to", (long)OnnxElementType.Int64));
        }
    }
}
