using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ArrangementSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("Flip", "all", [X(2, 3)]),
        Of("Flip", "one", [X(2, 3)], ("axes", new[] { -1 })),
        Of("Roll", "flat", [X(2, 3)], ("shifts", new[] { 2 })),
        Of("Roll", "axes", [X(3, 4)], ("shifts", new[] { -1, 6 }), ("axes", new[] { 0, 1 })),
        Of("Rot90", "once", [X(2, 3)]),
        Of("Rot90", "twice", [X(2, 3)], ("k", 2)),
        Of("Rot90", "back", [X(2, 3, 2)], ("k", -1), ("axes", new[] { 1, 2 })),
        Of("MoveAxis", "one", [X(2, 3, 2)], ("source", new[] { 0 }), ("destination", new[] { -1 })),
        Of("MoveAxis", "two", [X(2, 3, 2)], ("source", new[] { 2, 0 }), ("destination", new[] { 0, 1 })),
        Of("SwapAxes", "ends", [X(2, 3, 2)], ("axis1", 0), ("axis2", -1)),
        Of("Stack", "first", [X(2, 3), Y(2, 3)]),
        Of("Stack", "last", [X(2), Y(2), Z(2)], ("axis", -1)),
        Of("Repeat", "flat", [X(2, 2)], ("repeats", 3)),
        Of("Repeat", "axis", [X(2, 3)], ("repeats", 2), ("axis", 1)),
        Of("BlockDiag", "three", [X(2, 3), Y(2), Z()]),
        Of("BlockDiag", "integers", [I([1, 2], 2, 1), I([3, 4], 1, 2)]),
        Of("TensorInverse", "of four axes", [F([2, -0.5, 0.3, 0.4, 0.1, 1.5, -0.7, -0.2, 0.6, 0.3, 1.8, 0.2, -0.1, 0.4, 0.2, 1.6], 4, 2, 2)], ("ind", 1)),
        Of("SearchSorted", "left", [F([1, 2, 2, 5]), F([0.5, 2, 3, 6], 2, 2)]),
        Of("SearchSorted", "right", [F([1, 2, 2, 5, 7, 8, 9]), F([2, 9])], ("right", 1)),
        Of("Interp", "inside and outside", [F([-1, 0.3, 1.7, 2.6, 5], 5), F([0, 1, 2.5, 4]), F([2, -1, 3, 0.5])]),
        Of("Interp", "matrix", [F([0.3, 1.7], 2, 1), F([0, 2]), F([2, -1])]),
        Of("Polyval", "cubic", [X(4), Y(3)]),
        Of("Polyval", "constant", [X(1), Y(2, 2)]),
        Of("Convolve", "full", [X(5), Y(3)]),
        Of("Convolve", "same", [X(2), Y(5)], ("mode", "same")),
        Of("Convolve", "valid", [X(5), Y(2)], ("mode", "valid")),
        Of("Correlate", "valid", [X(5), Y(3)]),
        Of("Correlate", "full", [X(3), Y(4)], ("mode", "full")),
        Of("Correlate", "same", [X(6), Y(3)], ("mode", "same")),
    ];
}
