using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class SelectionSamples
{
    private static readonly string[] All4 = ["y", "first", "inverse", "counts"];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("NonZero", "matrix", [I([3, 0, 0, 2, 0, -1], 2, 3)]),
        Of("NonZero", "truth values", [B([true, false, true])]),
        Of("NonZero", "constant", [Argument.Of(F([0, 1.5, -2]))]),
        Of("NonZero", "none", [I([0, 0])]),
        Of("Compress", "rows", [X(3, 2), B([true, false, true])], ("axis", 0)),
        Of("Compress", "columns", [X(2, 3), Argument.Of(B([false, true]))], ("axis", -1)),
        Of("Compress", "elements", [X(2, 3), B([false, true, true, false, true])]),
        Of("Unique", "sorted", [I([3, 1, 3, 2, 1])]) with { Outputs = All4 },
        Of("Unique", "in order", [I([3, 1, 3, 2, 1])], ("sorted", 0)) with { Outputs = All4 },
        Of("Unique", "constant", [Argument.Of(F([2.5, 1, 2.5, 1]))]) with { Outputs = All4 },
        Of("Unique", "rows", [I([1, 0, 2, 1, 1, 0], 3, 2)], ("axis", 0)) with { Outputs = All4 },
        Of("Unique", "columns", [I([1, 1, 0, 2, 2, 1], 2, 3)], ("axis", -1)),
    ];
}
