using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ScanSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        Of("CumProd", "last", [X(2, 5), -1]),
        Of("CumProd", "exclusive", [X(4, 3), new long[] { 0 }], ("exclusive", 1)),
        Of("CumProd", "reverse", [X(2, 3)], ("axis", 1), ("reverse", 1)),
        Of("CumProd", "exclusive reverse", [X(6), I([0], 1)], ("exclusive", 1), ("reverse", 1)),
        Of("CumProd", "one zero", [F([3, 0, 5, 2])], ("axis", 0)),
        Of("CumProd", "zeros", [F([4, 0, 0, 7, 2, 1, 0, 3], 2, 4)], ("axis", 1)),
        Of("CumProd", "zeros exclusive", [F([4, 0, 0, 7])], ("axis", 0), ("exclusive", 1), ("reverse", 1)),
        Of("CumProd", "integers", [I([1, 2, 3, 4, 5]), 0]),
        Of("CumProd", "one element", [X(1)], ("axis", 0), ("exclusive", 1)),
        .. new[] { "CumMax", "CumMin" }.SelectMany(op => new[]
        {
            Of(op, "first", [X(7, 2)]) with { Outputs = ["v", "i"] },
            Of(op, "reverse", [X(2, 5)], ("axis", -1), ("reverse", 1)) with { Outputs = ["v", "i"] },
            Of(op, "integers", [I([3, 1, 3, 5, 1, 5])]) with { Outputs = ["v", "i"] },
            Of(op, "values alone", [X(5)]),
        }),
        Of("LogCumSumExp", "first", [X(5, 2)]),
        Of("LogCumSumExp", "reverse", [X(2, 6)], ("axis", 1), ("reverse", 1)),
        Of("LogCumSumExp", "equals", [F([0.5, 0.5, 0.5, 1])]),
        Image("2-D", [1, 8, 9], [4, 4], [2, 2]),
        Image("strides and pads", [2, 12, 6], [4, 5], [3, 2], ("strides", new[] { 2, 2 }), ("pads", new[] { 1, 0, 0, 1 })),
        Image("dilations", [1, 4, 6], [4, 5], [2, 2], ("dilations", new[] { 2, 2 })),
        Image("1-D", [1, 3, 4], [6], [3]),
    ];

    private static Sample Image(string form, int[] dims, int[] image, int[] block, params (string Name, AttributeValue Value)[] attributes) =>
        Of("Col2Im", form, [X(dims)], [("image_shape", image), ("block_shape", block), .. attributes]);
}
