using Backprop.Domain.Graphs;
using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class SamplingSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        .. new[] { "zeros", "border", "reflection" }.SelectMany(padding => new[] { 0, 1 }.SelectMany(align => new[]
        {
            Of("GridSample", $"linear {padding} {align}", [X(1, 2, 3, 4), Grid(1, 2, 2, 2)], ("padding_mode", padding), ("align_corners", align)),
            Of("GridSample", $"bicubic {padding} {align}", [X(1, 1, 3, 4), Grid(1, 2, 1, 2)], ("padding_mode", padding), ("align_corners", align), ("mode", "bicubic")),
            Of("GridSample", $"nearest {padding} {align}", [X(1, 2, 3, 4), Grid(1, 2, 2, 2)], ("padding_mode", padding), ("align_corners", align), ("mode", "nearest")),
        })),
        Of("GridSample", "lines", [X(2, 1, 4), Grid(2, 3, 1)]),
        Of("GridSample", "volumes", [X(1, 1, 2, 2, 2), Grid(1, 1, 2, 1, 3)], ("mode", "linear"), ("align_corners", 1)),
        Of("RoiAlign", "half pixels", [X(2, 2, 4, 3), F([0.3, 0.2, 2.1, 3.3, -0.9, 0.7, 1.6, 2.9], 2, 4), I([1, 0])], ("output_height", 2), ("output_width", 2), ("sampling_ratio", 2)),
        Of("RoiAlign", "whole pixels", [X(1, 1, 3, 4), F([0.3, 0.6, 4.7, 4.1], 1, 4), I([0])], ("output_height", 1), ("output_width", 3), ("sampling_ratio", 1), ("spatial_scale", 0.6), ("coordinate_transformation_mode", "output_half_pixel")),
        Of("AffineGrid", "planes", [X(2, 2, 3), new long[] { 2, 1, 2, 3 }]),
        Of("AffineGrid", "corners", [X(1, 2, 3), new long[] { 1, 1, 3, 2 }], ("align_corners", 1)),
        Of("AffineGrid", "volumes", [X(1, 3, 4), new long[] { 1, 1, 2, 1, 2 }]),
    ];

    // Some positions are outside, none is on a border between elements.
    private static Tensor Grid(params int[] dims) => Spread(-1.37, 1.29, 3, dims);
}
