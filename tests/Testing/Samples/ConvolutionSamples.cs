using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ConvolutionSamples
{
    private static readonly string[] Fills = ["SAME_UPPER", "SAME_LOWER", "VALID"];

    public static IEnumerable<Sample> All { get; } =
    [
        Of("Unfold", "last", [X(2, 7)], ("size", 3)),
        Of("Unfold", "stride", [X(2, 7)], ("size", 2), ("stride", 3)),
        Of("Unfold", "first dilated", [X(7, 2)], ("axis", 0), ("size", 3), ("dilation", 2), ("stride", 2)),
        Of("Unfold", "single elements", [X(2, 3)], ("size", 1)),
        Of("Unfold", "integers", [I([1, 2, 3, 4])], ("size", 2)),
        Of("Fold", "last", [X(2, 5, 3)], ("extent", 7)),
        Of("Fold", "stride", [X(2, 2, 3)], ("extent", 9), ("stride", 4)),
        Of("Fold", "first dilated", [X(2, 3, 2)], ("axis", 0), ("extent", 8), ("dilation", 2), ("stride", 3)),
        Of("Fold", "single elements", [X(2, 3, 1)], ("extent", 3)),
        Of("Fold", "integers", [I([1, 2, 3, 4], 2, 2)], ("extent", 3)),
        .. new[] { "Conv", "ConvTranspose" }.SelectMany(Both),
        Of("DeformConv", "plain", [X(1, 2, 3, 4), Y(3, 2, 2, 2), Spread(-0.7, 0.7, 2, 1, 8, 2, 3)]),
        Of("DeformConv", "groups, mask and bias", [X(2, 4, 4, 3), Y(2, 2, 2, 2), Spread(-0.7, 0.7, 2, 2, 16, 2, 1), Z(2), Q(2, 8, 2, 1)],
            ("group", 2), ("offset_group", 2), ("strides", new[] { 2, 1 }), ("dilations", new[] { 1, 2 }), ("pads", new[] { 0, 0, 1, 0 })),
        Of("DeformConv", "borders", [X(1, 1, 3, 3), Y(1, 1, 3, 3), Spread(-1.3, 1.28, 2, 1, 18, 3, 3)], ("pads", new[] { 1, 1, 1, 1 })),
        Of("Conv", "channels", [X(2, 3, 4, 4), Y(4, 3, 2, 2), Z(4)]),
        Of("Conv", "groups", [X(2, 4, 4, 3), Y(4, 2, 2, 2), Z(4)], ("group", 2)),
        Of("Conv", "depthwise", [X(1, 3, 4, 4), Y(6, 1, 3, 3)], ("group", 3), ("pads", new[] { 1, 1, 1, 1 })),
        Of("Conv", "stride that leaves a rest", [X(1, 2, 6, 5), Y(2, 2, 3, 2)], ("strides", new[] { 2, 2 })),
        Of("Conv", "many windows", [X(2, 2, 9, 9), Y(3, 2, 2, 2)]),
        Of("Conv", "points in a kernel", [X(2, 3, 4), Y(2, 3, 1)]),
        Of("ConvTranspose", "channels", [X(2, 3, 3, 3), Y(3, 4, 2, 2), Z(4)]),
        Of("ConvTranspose", "groups", [X(2, 4, 2, 3), Y(4, 2, 2, 2), Z(4)], ("group", 2), ("strides", new[] { 2, 1 })),
        Of("ConvTranspose", "depthwise", [X(1, 3, 3, 3), Y(3, 2, 2, 2)], ("group", 3)),
        Of("ConvTranspose", "output_padding", [X(1, 2, 3, 2), Y(2, 1, 3, 3)], ("strides", new[] { 3, 2 }), ("output_padding", new[] { 2, 1 })),
        Of("ConvTranspose", "output_padding and pads", [X(1, 1, 3, 3), Y(1, 2, 3, 3)], ("strides", new[] { 2, 2 }), ("output_padding", new[] { 1, 1 }), ("pads", new[] { 1, 1, 1, 1 })),
        Of("ConvTranspose", "output_shape", [X(1, 1, 3, 3), Y(1, 2, 3, 3)], ("strides", new[] { 3, 2 }), ("output_shape", new[] { 10, 8 })),
        Of("ConvTranspose", "output_shape smaller", [X(1, 1, 4), Y(1, 1, 3)], ("output_shape", new[] { 3 }), ("auto_pad", "SAME_UPPER")),
    ];

    // Variants in which x has as many channels as w has at either position.
    private static IEnumerable<Sample> Both(string op) =>
    [
        Of(op, "1-D", [X(2, 2, 5), Y(2, 2, 3)]),
        Of(op, "1-D strides pads", [X(1, 2, 6), Y(2, 2, 3)], ("strides", new[] { 2 }), ("pads", new[] { 1, 0 })),
        Of(op, "1-D dilations", [X(1, 2, 6), Y(2, 2, 3)], ("dilations", new[] { 2 }), ("pads", new[] { 1, 2 })),
        Of(op, "2-D", [X(1, 2, 4, 3), Y(2, 2, 2, 3), Z(2)], ("kernel_shape", new[] { 2, 3 })),
        Of(op, "2-D strides", [X(2, 1, 5, 5), Y(1, 1, 3, 3)], ("strides", new[] { 2, 2 }), ("pads", new[] { 1, 1, 1, 1 })),
        Of(op, "2-D strides dilations", [X(1, 1, 5, 6), Y(1, 1, 2, 2)], ("strides", new[] { 3, 1 }), ("dilations", new[] { 2, 3 })),
        Of(op, "2-D kernel of one", [X(2, 2, 3, 2), Y(2, 2, 1, 1)], ("strides", new[] { 1, 2 })),
        Of(op, "3-D", [X(1, 1, 3, 3, 2), Y(1, 1, 2, 2, 2)]),
        Of(op, "3-D strides", [X(1, 2, 3, 2, 3), Y(2, 2, 2, 1, 2)], ("strides", new[] { 1, 1, 2 }), ("pads", new[] { 1, 0, 0, 0, 0, 1 })),
        .. Fills.Select(fill => Of(op, fill, [X(1, 1, 5, 4), Y(1, 1, 3, 2)], ("auto_pad", fill), ("strides", new[] { 2, 3 }))),
        .. Fills.Select(fill => Of(op, fill + " dense", [X(1, 1, 4), Y(1, 1, 4)], ("auto_pad", fill))),
    ];
}
