using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class OptimizerSamples
{
    private static readonly string[] Two = ["x", "v"], Three = ["x", "v", "h"], Six = ["p1", "p2", "v1", "v2", "h1", "h2"];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Adam", "first step", [0.1, 0, X(3), Y(3), Z(3), P(3)], ("norm_coefficient", 0.01)) with { Outputs = Three },
        Of("Adam", "third step", [Spread(0.1, 0.2, 0), S(3), X(2, 2), Y(2, 2), Z(2, 2), P(2, 2)], ("norm_coefficient_post", 0.1)) with { Outputs = Three },
        Of("Adam", "two parameters", [0.1, 1, X(3), Y(2), Z(3), U(2), X(3), Y(2), P(3), Q(2)]) with { Outputs = Six },
        Of("Adagrad", "decay", [0.1, 2, X(3), Y(3), P(3)], ("decay_factor", 0.1), ("norm_coefficient", 0.01)) with { Outputs = Two },
        Of("Adagrad", "two parameters", [0.1, 0, X(3), Y(2), Z(3), U(2), P(3), Q(2)]) with { Outputs = ["p1", "p2", "h1", "h2"] },
        .. new[] { "standard", "nesterov" }.SelectMany(mode => new[]
        {
            Of("Momentum", mode, [0.1, 0, X(3), Y(3), Z(3)], ("alpha", 0.9), ("beta", 0.8), ("mode", mode), ("norm_coefficient", 0.01)) with { Outputs = Two },
            Of("Momentum", mode + " later", [0.1, S(4), X(2, 2), Y(2, 2), Z(2, 2)], ("alpha", 0.9), ("beta", 0.8), ("mode", mode), ("norm_coefficient", 0.0)) with { Outputs = Two },
        }),
    ];
}
