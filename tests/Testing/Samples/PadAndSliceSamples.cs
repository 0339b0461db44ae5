using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class PadAndSliceSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("Pad", "zeros", [X(2, 3), new long[] { 1, 0, 0, 2 }]),
        Of("Pad", "number", [X(3), new long[] { 1, 2 }, 1.5]),
        Of("Pad", "value", [X(2, 2), new long[] { 1, 0, 0, 2 }, Y()]),
        Of("Pad", "value of one element", [X(3)], ("pads", new[] { 1, 1 }), ("value", 0.5)),
        Of("Pad", "negative", [X(4, 3), new long[] { -1, 1, -1, -2 }, Y()]),
        Of("Pad", "axes", [X(2, 3), new long[] { 1, 1 }, Argument.Omitted, new long[] { -1 }]),
        Of("Pad", "nothing", [X(3), new long[] { 0, 0 }, Y()]),
        Of("Pad", "reflect", [X(2, 4), new long[] { 0, 2, 1, 3 }], ("mode", "reflect")),
        Of("Pad", "reflect far", [X(3), new long[] { 5, 4 }], ("mode", "reflect")),
        Of("Pad", "edge", [X(2, 3), new long[] { 1, 2, 1, 0 }], ("mode", "edge")),
        Of("Pad", "wrap", [X(3), new long[] { 4, 2 }], ("mode", "wrap")),
        Of("Pad", "edge negative", [X(5), new long[] { -2, 2 }], ("mode", "edge")),
        Of("Pad", "integers", [I([1, 2, 3]), new long[] { 1, 1 }, 7]),
        Of("Slice", "rows", [X(4, 3), new long[] { 1 }, new long[] { 3 }]),
        Of("Slice", "axes", [X(2, 4), new long[] { 1 }, new long[] { 9 }, new long[] { -1 }]),
        Of("Slice", "steps", [X(7), new long[] { 1 }, new long[] { 7 }, new long[] { 0 }, new long[] { 3 }]),
        Of("Slice", "backwards", [X(5)], ("starts", new[] { -1 }), ("ends", new[] { -100 }), ("steps", new[] { -1 })),
        Of("Slice", "backwards by two", [X(2, 6)], ("starts", new[] { 4 }), ("ends", new[] { 0 }), ("axes", new[] { 1 }), ("steps", new[] { -2 })),
        Of("Slice", "both", [X(4, 5)], ("starts", new[] { 3, 0 }), ("ends", new[] { -5, 5 }), ("steps", new[] { -2, 2 })),
        Of("Slice", "nothing left", [X(4)], ("starts", new[] { 3 }), ("ends", new[] { 1 })),
        Of("Slice", "inputs", [X(5), I([1], 1), I([4], 1)]),
        Of("Slice", "integers", [I([1, 2, 3])], ("starts", new[] { 0 }), ("ends", new[] { 2 })),
    ];
}
