using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ShapeSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("Reshape", "constant", [X(2, 3), new long[] { 3, 2 }]),
        Of("Reshape", "attribute", [X(2, 3)], ("shape", new[] { 6 })),
        Of("Reshape", "open and kept", [X(2, 3, 2), new long[] { 0, -1 }]),
        Of("Reshape", "input", [X(2, 3), I([-1, 1, 2])]),
        Of("Reshape", "to a scalar", [X(1, 1)], ("shape", Array.Empty<long>())),
        Of("Flatten", "default", [X(2, 3, 2)]),
        Of("Flatten", "axis 0", [X(2, 3)], ("axis", 0)),
        Of("Flatten", "last axis", [X(2, 3, 2)], ("axis", -1)),
        Of("Squeeze", "all", [X(1, 3, 1)]),
        Of("Squeeze", "one", [X(1, 3, 1), new long[] { -1 }]),
        Of("Unsqueeze", "both ends", [X(2, 3)], ("axes", new[] { 0, -1 })),
        Of("Unsqueeze", "constant", [X(3), new long[] { 1 }]),
        Of("Transpose", "reversed", [X(2, 3, 2)]),
        Of("Transpose", "perm", [X(2, 3, 2)], ("perm", new[] { 1, 2, 0 })),
        Of("Expand", "rows", [X(3), new long[] { 2, 3 }]),
        Of("Expand", "both ways", [X(2, 1), new long[] { 1, 3 }]),
        Of("Expand", "scalar", [X(), I([2, 2])]),
        Of("Concat", "rows", [X(2, 3), Y(1, 3)], ("axis", 0)),
        Of("Concat", "columns", [X(2, 3), Y(2, 1), Z(2, 2)], ("axis", -1)),
        Of("Concat", "one", [X(2, 3)], ("axis", 0)),
        Of("Concat", "integers", [I([1, 2]), I([3])], ("axis", 0)),
        Of("Split", "equal", [X(4, 2)]) with { Outputs = ["a", "b"] },
        Of("Split", "sizes", [X(2, 5), new long[] { 1, 3, 1 }], ("axis", 1)) with { Outputs = ["a", "b", "c"] },
        Of("Split", "uneven", [X(5)], ("num_outputs", 3)) with { Outputs = ["a", "b", "c"] },
        Of("Split", "one unused", [X(4)], ("num_outputs", 2)) with { Outputs = ["", "b"] },
        Of("Tile", "both axes", [X(2, 3), new long[] { 2, 2 }]),
        Of("Tile", "once", [X(2), new long[] { 1 }]),
        Of("Tile", "never", [X(2, 2), new long[] { 1, 0 }]),
        Of("Trilu", "upper", [X(3, 3)]),
        Of("Trilu", "lower", [X(3, 4)], ("upper", 0)),
        Of("Trilu", "shifted", [X(2, 3, 3), 1]),
        Of("Trilu", "shifted lower", [X(3, 3), I([-1], 1)], ("upper", 0)),
        Of("Shape", "all", [X(2, 3)]),
        Of("Shape", "part", [X(2, 3, 4)], ("start", 1), ("end", -1)),
        Of("Size", "matrix", [X(2, 3)]),
        Of("Range", "numbers", [0, 5, 2]),
        Of("Range", "down", [3.5, 0.5, -1]),
        Of("Range", "inputs", [S(1), S(4), S(1)]),
        Of("ConstantOfShape", "attribute", [], ("input", new[] { 2, 3 }), ("value", 1.5)),
        Of("ConstantOfShape", "constant", [new long[] { 2 }]),
    ];
}
