using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ChannelNormalizationSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("BatchNormalization", "inference", [X(2, 3, 2), Y(3), Z(3), U(3), P(3)]),
        Of("BatchNormalization", "inference of vectors", [X(4, 2), Y(2), Z(2), U(2), P(2)], ("epsilon", 0.1)),
        Of("BatchNormalization", "inference with running values", [X(2, 3, 2), Y(3), Z(3), U(3), P(3)]) with { Outputs = ["y", "mean", "var"] },
        Of("BatchNormalization", "training", [X(2, 3, 2), Y(3), Z(3), U(3), P(3)], ("training_mode", 1)),
        Of("BatchNormalization", "training with running values", [X(2, 2, 2, 2), Y(2), Z(2), U(2), P(2)], ("training_mode", 1), ("momentum", 0.7)) with { Outputs = ["y", "mean", "var"] },
        Of("InstanceNormalization", "lines", [X(2, 2, 4), Y(2), Z(2)]),
        Of("InstanceNormalization", "images", [X(1, 2, 2, 3), Y(2), Z(2)], ("epsilon", 0.01)),
        Of("GroupNormalization", "two groups", [X(2, 4, 3), Y(4), Z(4)], ("num_groups", 2)),
        Of("GroupNormalization", "one group", [X(2, 2, 2, 2), Y(2), Z(2)], ("num_groups", 1), ("epsilon", 0.1)),
        Of("LpNormalization", "default", [X(2, 3)]),
        Of("LpNormalization", "sum of magnitudes", [X(2, 3, 2)], ("axis", 1), ("p", 1)),
        Of("LpNormalization", "zeros", [F([0, 0, 3, -4], 2, 2)]) with { IsSmooth = false },
        Of("MeanVarianceNormalization", "default", [X(2, 2, 2, 3)]),
        Of("MeanVarianceNormalization", "axes", [X(2, 4)], ("axes", new[] { -1 })),
    ];
}
