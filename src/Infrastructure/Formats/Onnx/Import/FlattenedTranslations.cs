using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Operators that treated their operand as a matrix before opset 13.</summary>
internal static class FlattenedTranslations
{
    /// <summary>Softmax and similar operators ran over all axes from <c>axis</c> (by default 1) together, not along one.</summary>
    public static void Flattened(NodeTranslation node)
    {
        if (node.Inputs.Count != 1)
        {
            return;
        }

        Operand x = node.Inputs[0];
        node.Inputs[0] = node.Emit("Flatten", [x], ("axis", node.Int("axis", 1)));
        node.Attributes["axis"] = -1L;
        string shape = node.Emit("Shape", [x]);
        node.Behind("Reshape", inner => [inner, shape]);
    }
}
