using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Resize before opset 11, and Upsample, which it replaced: coordinates are scaled without an offset and rounded down.</summary>
internal static class ResizeTranslations
{
    /// <summary>Resize of opset 10: its operands were x and the scales.</summary>
    public static void Scales(NodeTranslation node)
    {
        if (node.Inputs.Count > 1)
        {
            node.Inputs.Insert(1, Operand.Omitted);
        }

        node.Attributes["coordinate_transformation_mode"] = "asymmetric";
        node.Attributes["nearest_mode"] = "floor";
    }

    /// <summary>Upsample, whose scales were an attribute before opset 9.</summary>
    public static void Upsample(NodeTranslation node)
    {
        if (node.Attributes.Remove("scales", out AttributeValue? scales) && scales.Numbers is { } numbers)
        {
            node.Inputs.Add(node.Constant(new Literal(numbers.As(DType.Float32), DType.Float32)));
        }

        node.Operator = "Resize";
        Scales(node);
    }
}
