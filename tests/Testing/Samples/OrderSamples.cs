using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class OrderSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("Sort", "last", [X(2, 5)]) with { Outputs = ["v", "i"] },
        Of("Sort", "descending", [X(5, 2)], ("axis", 0), ("descending", 1)) with { Outputs = ["v", "i"] },
        Of("Sort", "integers", [I([3, 1, 2, 1])]) with { Outputs = ["v", "i"] },
        Of("Quantile", "median", [X(5), 0.5]),
        Of("Quantile", "between", [X(2, 4), 0.3], ("axis", 1)),
        Of("Quantile", "between kept", [X(4, 2), 0.3], ("axis", 0), ("keepdims", 1)),
        Of("Quantile", "several", [X(2, 4, 2), Argument.Of(F([0.25, 1, 0.6]))], ("axis", 1)),
        Of("Quantile", "several kept", [X(2, 5), Argument.Of(F([0.25, 1]))], ("axis", -1), ("keepdims", 1)),
        Of("Quantile", "all kept", [X(2, 3), 0.9], ("keepdims", 1)),
        Of("Quantile", "lower", [X(4), 0.4], ("interpolation", "lower")),
        Of("Quantile", "higher", [X(4), 0.4], ("interpolation", "higher")),
        Of("Quantile", "nearest", [X(4), 0.4], ("interpolation", "nearest")),
        Of("Quantile", "midpoint", [X(4), 0.4], ("interpolation", "midpoint")),
    ];
}
