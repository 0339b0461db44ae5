using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class NormalizationSamples
{
    private static readonly string[] Means = ["mean", "sum", "none"];

    public static IEnumerable<Sample> All { get; } =
    [
        .. new[] { "Softmax", "LogSoftmax" }.SelectMany(op => new[]
        {
            Of(op, "last", [X(2, 3)]), Of(op, "first", [X(2, 3)], ("axis", 0)), Of(op, "middle", [X(2, 3, 2)], ("axis", 1)), Of(op, "vector", [X(4)]),
        }),
        Of("LayerNormalization", "scale", [X(2, 4), Y(4)]),
        Of("LayerNormalization", "bias", [X(2, 4), Y(4), Z(4)], ("epsilon", 0.01)),
        Of("LayerNormalization", "two axes", [X(2, 3, 2), Y(3, 2), Z(3, 2)], ("axis", 1)),
        Of("LayerNormalization", "all values", [X(2, 4), Y(4), Z(4)]) with { Outputs = ["y", "mean", "inverse"] },
        Of("RMSNormalization", "last", [X(2, 4), Y(4)]),
        Of("RMSNormalization", "two axes", [X(2, 3, 2), Y(3, 2)], ("axis", -2), ("epsilon", 0.1)),
        .. Means.SelectMany(Losses),
        Of("SoftmaxCrossEntropyLoss", "both values", [X(2, 3), I([2, 0])]) with { Outputs = ["loss", "log"] },
    ];

    private static IEnumerable<Sample> Losses(string reduction)
    {
        (string Name, AttributeValue Value) how = ("reduction", reduction);
        foreach (string op in new[] { "SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss" })
        {
            yield return Of(op, reduction, [X(3, 4), I([1, 3, 0])], how);
            yield return Of(op, reduction + " weighted", [X(3, 4), I([1, 3, 0]), P(4)], how);
            yield return Of(op, reduction + " ignoring", [X(3, 4), I([1, -1, 0])], how, ("ignore_index", -1));
            yield return Of(op, reduction + " weighted ignoring", [X(3, 4), I([1, 3, 0]), P(4)], how, ("ignore_index", 3));
            yield return Of(op, reduction + " pixels", [X(2, 3, 2), I([1, 2, 0, 1], 2, 2), P(3)], how);
        }
    }
}
