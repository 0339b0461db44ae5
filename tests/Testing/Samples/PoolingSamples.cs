using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class PoolingSamples
{
    private static readonly string[] Fills = ["SAME_UPPER", "SAME_LOWER", "VALID"];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("ArgMaxPool", "2-D", [X(2, 5, 4)], Kernel(2, 2), ("strides", new[] { 2, 1 }), ("dilations", new[] { 2, 1 }), ("pads", new[] { 1, 0, 0, 1 })),
        .. new[] { "MaxPool", "AveragePool", "LpPool" }.SelectMany(Poolings),
        Of("MaxPool", "indices", [X(2, 2, 4, 5)], Kernel(2, 3)) with { Outputs = ["y", "indices"] },
        Of("MaxPool", "indices by columns", [X(1, 2, 4, 5)], Kernel(2, 2), ("storage_order", 1), ("pads", new[] { 1, 1, 0, 0 })) with { Outputs = ["y", "indices"] },
        Of("MaxPool", "indices by columns 3-D", [X(1, 1, 2, 3, 4)], Kernel(2, 2, 2), ("storage_order", 1)) with { Outputs = ["y", "indices"] },
        Of("MaxPool", "integers", [I([3, 1, 2, 5], 1, 1, 4)], Kernel(2)),
        Of("AveragePool", "border counts", [X(1, 1, 4, 5)], Kernel(3, 2), ("pads", new[] { 1, 1, 1, 0 }), ("count_include_pad", 1)),
        Of("AveragePool", "border counts, not what sticks out", [X(1, 1, 6)], Kernel(3), ("pads", new[] { 1, 1 }), ("strides", new[] { 3 }), ("ceil_mode", 1), ("count_include_pad", 1)),
        Of("LpPool", "p 1", [X(1, 2, 5)], Kernel(2), ("p", 1)),
        Of("LpPool", "p 3", [X(1, 2, 5)], Kernel(2), ("p", 3)),
        .. new[] { "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" }.SelectMany(op => new[] { Of(op, "1-D", [X(2, 2, 3)]), Of(op, "2-D", [X(2, 3, 2, 3)]) }),
        Of("GlobalLpPool", "p 1", [X(1, 2, 3)], ("p", 1)),
        Of("GlobalLpPool", "p 3", [X(1, 2, 3)], ("p", 3)),
        Of("LRN", "odd", [X(1, 5, 2, 2)], ("size", 3), ("alpha", 0.5)),
        Of("LRN", "even", [X(2, 4, 2)], ("size", 2), ("alpha", 0.9), ("beta", 0.5), ("bias", 1.5)),
        Of("LRN", "wider than channels", [X(2, 2)], ("size", 7)),
        Of("MaxUnpool", "2-D", [X(1, 1, 2, 2), I([5, 7, 13, 15], 1, 1, 2, 2)], Kernel(2, 2), ("strides", new[] { 2, 2 })),
        Of("MaxUnpool", "pads", [X(1, 1, 3), I([0, 2, 3], 1, 1, 3)], Kernel(2), ("strides", new[] { 2 }), ("pads", new[] { 1, 1 })),
        Of("MaxUnpool", "output_shape", [X(1, 1, 2), I([1, 3], 1, 1, 2), new long[] { 1, 1, 6 }], Kernel(2), ("strides", new[] { 2 })),
    ];

    private static IEnumerable<Sample> Poolings(string op) =>
    [
        Of(op, "1-D", [X(2, 2, 6)], Kernel(3)),
        Of(op, "2-D strides", [X(1, 2, 6, 5)], Kernel(2, 2), ("strides", new[] { 2, 2 })),
        Of(op, "2-D pads", [X(2, 1, 4, 4)], Kernel(3, 2), ("pads", new[] { 1, 0, 2, 1 }), ("strides", new[] { 2, 1 })),
        Of(op, "2-D ceil", [X(1, 1, 5, 6)], Kernel(3, 3), ("strides", new[] { 3, 2 }), ("ceil_mode", 1)),
        Of(op, "ceil beyond the border", [X(1, 1, 4)], Kernel(1), ("strides", new[] { 4 }), ("pads", new[] { 0, 0 }), ("ceil_mode", 1)),
        Of(op, "ceil with pads", [X(1, 1, 5)], Kernel(2), ("strides", new[] { 3 }), ("pads", new[] { 1, 1 }), ("ceil_mode", 1)),
        Of(op, "dilations", [X(1, 1, 6, 7)], Kernel(2, 3), ("dilations", new[] { 3, 2 })),
        Of(op, "3-D", [X(1, 1, 3, 4, 3)], Kernel(2, 2, 2), ("strides", new[] { 1, 2, 1 })),
        .. Fills.Select(fill => Of(op, fill, [X(1, 1, 5, 4)], Kernel(3, 2), ("auto_pad", fill), ("strides", new[] { 2, 3 }))),
    ];

    private static (string Name, AttributeValue Value) Kernel(params int[] sizes) => ("kernel_shape", sizes);
}
