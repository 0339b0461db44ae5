using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ActivationSamples
{
    private static readonly string[] Plain =
    [
        "Relu", "LeakyRelu", "ThresholdedRelu", "Elu", "Celu", "Selu", "Sigmoid", "Softplus", "Softsign", "Swish", "Mish", "Gelu", "HardSigmoid",
        "HardSwish", "Shrink",
    ];

    public static IEnumerable<Sample> All { get; } =
    [
        .. Plain.Select(op => Of(op, "matrix", [Spread(-4, 4, 0, 2, 4)])),
        .. Plain.Select(op => Of(op, "scalar", [Spread(-1, 2, 1)])),
        Of("Relu", "integers", [I([-2, 0, 3])]),
        Of("LeakyRelu", "alpha", [X(5)], ("alpha", 0.2)),
        Of("ThresholdedRelu", "alpha", [X(5)], ("alpha", 0.3)),
        Of("Elu", "alpha", [X(5)], ("alpha", 0.7)),
        Of("Celu", "alpha", [X(5)], ("alpha", 0.7)),
        Of("Selu", "alpha gamma", [X(5)], ("alpha", 1.5), ("gamma", 1.2)),
        Of("Swish", "alpha", [X(5)], ("alpha", 1.7)),
        Of("Gelu", "tanh", [X(5)], ("approximate", "tanh")),
        Of("HardSigmoid", "alpha beta", [X(5)], ("alpha", 0.4), ("beta", 0.3)),
        Of("Shrink", "lambd bias", [X(5)], ("lambd", 0.7), ("bias", 0.2)),
        Of("PRelu", "channels", [X(2, 3, 2), Y(3, 1)]),
        Of("PRelu", "scalar slope", [X(2, 3), Y()]),
    ];
}
