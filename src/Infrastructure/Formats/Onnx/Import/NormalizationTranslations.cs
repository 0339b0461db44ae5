using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Older versions of the operators that behave differently in training, and of GroupNormalization.</summary>
internal static class NormalizationTranslations
{
    private const int Results = 3;

    /// <summary>Before opset 9, BatchNormalization could normalise each position separately (<c>spatial = 0</c>), which the newest cannot.</summary>
    public static void Spatial(NodeTranslation node)
    {
        if (node.Int("spatial", 1) != 1)
        {
            throw node.Refused("spatial must be 1; spatial = 0 was removed in opset 9");
        }

        node.Attributes.Remove("spatial");
    }

    /// <summary>
    /// Before opset 14, BatchNormalization was in training mode if more than one of its values was used. Its last two values, which were for its own
    /// gradient, were removed.
    /// </summary>
    public static void TrainingByOutputs(NodeTranslation node)
    {
        if (node.Outputs.Skip(1).Any(name => name.Length > 0))
        {
            node.Attributes["training_mode"] = 1L;
        }

        if (node.Outputs.Count > Results)
        {
            node.Outputs.RemoveRange(Results, node.Outputs.Count - Results);
        }
    }

    /// <summary>Before opset 7, an attribute said whether a model is in training, which was the default.</summary>
    public static void Inference(NodeTranslation node)
    {
        if (node.Int("is_test", 0) != 1)
        {
            throw node.Refused("is_test must be 1: training mode is not supported before opset 7");
        }

        node.Attributes.Remove("is_test");
    }

    /// <summary>Before opset 12, the ratio of Dropout was an attribute, and nothing was dropped: models were for inference.</summary>
    public static void Ratio(NodeTranslation node)
    {
        if (node.Attributes.Remove("ratio", out AttributeValue? ratio) && ratio.Numbers is { } number && node.Inputs.Count == 1)
        {
            node.Inputs.Add(number);
        }
    }

    /// <summary>Before opset 10 the mask of Dropout had the element type of its operand.</summary>
    public static void NumericMask(NodeTranslation node)
    {
        if (node.Outputs.Count > 1 && node.Outputs[1].Length > 0)
        {
            node.Behind("CastLike", mask => [mask, node.Required(0)], value: 1);
        }
    }

    /// <summary>Before opset 21, GroupNormalization had one scale and bias per group, now per channel.</summary>
    public static void ScaleOfGroups(NodeTranslation node)
    {
        if (node.Inputs.Count != 3)
        {
            return;
        }

        Operand groups = node.Constant(Literal.Of([node.Int("num_groups", 0)]));
        string channels = node.Emit("Shape", [node.Inputs[0]], ("start", 1L), ("end", 2L));
        string size = node.Emit("Div", [channels, groups]);
        string dims = node.Emit("Concat", [groups, size], ("axis", 0L));
        for (int place = 1; place < 3; place++)
        {
            string column = node.Emit("Unsqueeze", [node.Inputs[place]], ("axes", new long[] { 1 }));
            string spread = node.Emit("Expand", [column, dims]);
            node.Inputs[place] = node.Emit("Reshape", [spread], ("shape", new long[] { -1 }));
        }
    }
}
