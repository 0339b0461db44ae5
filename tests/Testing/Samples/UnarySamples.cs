using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class UnarySamples
{
    private static readonly (string Op, double Low, double High)[] Ranges =
    [
        ("Abs", -2, 2), ("Neg", -2, 2), ("Sign", -2, 2), ("Square", -2, 2), ("Identity", -2, 2), ("StopGradient", -2, 2),
        ("Floor", -3, 3), ("Ceil", -3, 3), ("Round", -3, 3),
        ("Sqrt", 0.3, 4), ("Rsqrt", 0.3, 4), ("Reciprocal", -3, -0.3), ("Exp", -2, 2), ("Expm1", -2, 2), ("Log", 0.2, 4), ("Log1p", -0.8, 3),
        ("Sin", -4, 4), ("Cos", -4, 4), ("Tan", -1.2, 1.2), ("Asin", -0.8, 0.8), ("Acos", -0.8, 0.8), ("Atan", -3, 3),
        ("Sinh", -2, 2), ("Cosh", -2, 2), ("Tanh", -2, 2), ("Asinh", -3, 3), ("Acosh", 1.3, 4), ("Atanh", -0.8, 0.8),
        ("Erf", -2, 2), ("Erfc", -2, 3), ("Lgamma", 0.3, 6), ("Digamma", 0.5, 6), ("Erfinv", -0.9, 0.9), ("Erfcinv", 0.2, 1.8), ("Gamma", 0.5, 4),
    ];

    public static IEnumerable<Sample> All { get; } =
    [
        .. Ranges.Select(range => Of(range.Op, "matrix", [Spread(range.Low, range.High, 0, 2, 3)])),
        .. Ranges.Select(range => Of(range.Op, "scalar", [Spread(range.Low, range.High, 1)])),
        .. new[] { "Abs", "Neg", "Sign", "Square", "Identity", "StopGradient" }.Select(op => Of(op, "integers", [I([3, -4, 0, 2])])),
        Of("Gamma", "negative", [F([-0.4, -1.6, -2.3])]),
        Of("Erfcx", "of both signs", [F([-1.5, -0.3, 0.2, 0.7, 3, 12])]),
        Of("Erfcx", "integral", [F([-1.5, -0.3, 0.2, 0.7, 3])], ("n", 2)),
        Of("BesselI", "zeroth", [F([-1.5, -0.3, 0, 0.7, 3])]),
        Of("BesselI", "first", [F([-1.5, -0.3, 0, 0.7, 3])], ("n", 1)),
        Of("BesselI", "third", [F([-1.5, 0.7, 3])], ("n", 3)),
        Of("Lgamma", "negative", [F([-0.4, -1.6, -2.3])]),
        Of("Digamma", "negative", [F([-0.4, -1.6, -2.3])]),
        Of("Polygamma", "n=1", [Spread(0.5, 5, 0, 4)], ("n", 1)),
        Of("Polygamma", "n=3", [Spread(0.7, 5, 0, 2, 2)], ("n", 3)),
        Of("Cast", "to its own type", [X(2, 2)], ("to", 11)),
        Of("Cast", "to float32", [X(2, 2)], ("to", 1)) with { IsSmooth = false },
        Of("Cast", "to int64", [F([1.5, -2.5, 3.25])], ("to", 7)),
        Of("Cast", "to bool", [F([1.5, 0, 3.25])], ("to", 9)),
        Of("Cast", "from int64", [I([1, -2, 3])], ("to", 11)),
        Of("CastLike", "a float", [X(2, 2), Y(3)]),
        Of("CastLike", "an integer", [F([1.5, -2.5]), I([3])]),
        Of("Cast", "from bool", [B([true, false])], ("to", 11)),
    ];
}
