using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>
/// Older versions of operators in terms of the newest: one row per change of meaning (github.com/onnx/onnx, /docs/Changelog.md). A change from an
/// attribute to an operand needs no row, since the table accepts both.
/// </summary>
internal static class Translations
{
    private const long Always = long.MaxValue;
    private const long ConsumedInputs = 6;

    // The operator, the first version with the newest meaning, and the translation of an older node.
    private static readonly (string Operator, long Before, Action<NodeTranslation> Translate)[] Table =
    [
        ("Softmax", 13, FlattenedTranslations.Flattened),
        ("LogSoftmax", 13, FlattenedTranslations.Flattened),
        ("Hardmax", 13, FlattenedTranslations.Flattened),
        ("BatchNormalization", 9, NormalizationTranslations.Spatial),
        ("BatchNormalization", 14, NormalizationTranslations.TrainingByOutputs),
        ("GroupNormalization", 21, NormalizationTranslations.ScaleOfGroups),
        ("BatchNormalization", 7, NormalizationTranslations.Inference),
        ("Dropout", 7, NormalizationTranslations.Inference),
        ("Selu", 6, ActivationTranslations.ShortConstants),
        ("Dropout", 12, NormalizationTranslations.Ratio),
        ("Dropout", 10, NormalizationTranslations.NumericMask),
        ("Upsample", Always, ResizeTranslations.Upsample),
        ("Resize", 11, ResizeTranslations.Scales),
        ("Scatter", Always, node => node.Operator = "ScatterElements"),
        ("ConstantOfShape", Always, TypeTranslations.Filled),
        ("BitShift", Always, TypeTranslations.Shifted),
        ("OneHot", Always, TypeTranslations.WholePositions),
        ("RoiAlign", 16, node => node.Attributes.TryAdd("coordinate_transformation_mode", "output_half_pixel")),
        ("HannWindow", Always, node => TypeTranslations.SingleUnlessStated(node, "output_datatype")),
        ("HammingWindow", Always, node => TypeTranslations.SingleUnlessStated(node, "output_datatype")),
        ("BlackmanWindow", Always, node => TypeTranslations.SingleUnlessStated(node, "output_datatype")),
        ("MelWeightMatrix", Always, node => TypeTranslations.SingleUnlessStated(node, "output_datatype")),
        ("RandomNormal", Always, node => TypeTranslations.SingleUnlessStated(node, "dtype")),
        ("RandomUniform", Always, node => TypeTranslations.SingleUnlessStated(node, "dtype")),
    ];

    private static readonly ILookup<string, (string Operator, long Before, Action<NodeTranslation> Translate)> ByOperator =
        Table.ToLookup(row => row.Operator, StringComparer.Ordinal);

    /// <summary>Translates a node of any version into one or more of the newest.</summary>
    /// <exception cref="GraphException">It uses a meaning that no longer exists.</exception>
    public static void Apply(NodeTranslation node, string domain, long version, Unsupported unsupported)
    {
        if (domain != OnnxDomains.Standard)
        {
            return;
        }

        if (version < ConsumedInputs)
        {
            // A memory hint without effect on the result.
            node.Attributes.Remove("consumed_inputs");
        }

        TypeTranslations.ElementTypes(node, unsupported);
        foreach ((_, long before, Action<NodeTranslation> translate) in ByOperator[node.Operator])
        {
            if (version < before)
            {
                translate(node);
            }
        }
    }
}
