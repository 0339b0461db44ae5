namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Older versions of activation functions.</summary>
internal static class ActivationTranslations
{
    /// <summary>Before opset 6 the constants of Selu had five digits.</summary>
    public static void ShortConstants(NodeTranslation node)
    {
        node.Attributes.TryAdd("alpha", 1.6732);
        node.Attributes.TryAdd("gamma", 1.0507);
    }
}
