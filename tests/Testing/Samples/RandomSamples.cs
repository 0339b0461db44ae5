using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class RandomSamples
{
    private static readonly Argument True = Argument.Of(B([true])), False = Argument.Of(B([false]));

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Dropout", "inference", [X(2, 3)]),
        Of("Dropout", "inference though a ratio is given", [X(2, 3), 0.4, False]) with { Outputs = ["y", "mask"] },
        Of("Dropout", "training", [X(3, 4), 0.4, True], ("seed", 3)) with { Outputs = ["y", "mask"] },
        Of("Dropout", "training without a seed", [X(3, 4), Argument.Omitted, True]),
        Of("Dropout", "training with an input for the ratio", [X(4, 2), Spread(0.3, 0.4, 0), True]),
        Of("Dropout", "training that keeps nothing", [X(4), 1.0, True]),
        Of("Bernoulli", "floats", [Spread(0.1, 0.9, 0, 3, 4)]),
        Of("Bernoulli", "truth values", [Spread(0.1, 0.9, 0, 3, 4)], ("dtype", 9), ("seed", 2.5)),
        Of("RandomUniform", "default", [], ("shape", new[] { 2, 3 })),
        Of("RandomUniform", "range", [new long[] { 4 }], ("low", -1.0), ("high", 3.0), ("seed", 1.0), ("dtype", 11)),
        Of("RandomUniformLike", "floats", [X(2, 3)]),
        Of("RandomUniformLike", "integers", [I([2, 3])], ("dtype", 11)),
        Of("RandomNormal", "default", [], ("shape", new[] { 2, 3 })),
        Of("RandomNormalLike", "floats", [X(2, 3)], ("mean", 2.0), ("scale", 0.5)),
    ];
}
