using static Backprop.Testing.Samples.SampleValues;

namespace Backprop.Testing.Samples;

internal static class ResizeSamples
{
    private static readonly Argument None = Argument.Omitted;
    private static readonly string[] Coordinates = ["half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric"];

    public static IEnumerable<Sample> All { get; } =
    [
        .. Coordinates.SelectMany(coordinates => new[]
        {
            Of("Resize", $"linear {coordinates}", [X(2, 3), None, Argument.Of(F([1, 1.7]))], ("mode", "linear"), ("coordinate_transformation_mode", coordinates)),
            Of("Resize", $"cubic {coordinates}", [X(1, 5), None, None, new long[] { 1, 3 }], ("mode", "cubic"), ("coordinate_transformation_mode", coordinates)),
            Of("Resize", $"nearest {coordinates}", [X(2, 3), None, None, new long[] { 4, 2 }], ("coordinate_transformation_mode", coordinates)),
        }),
        .. new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" }.Select(
            mode => Of("Resize", $"nearest {mode}", [X(4)], ("scales", new[] { 1.6 }), ("nearest_mode", mode), ("coordinate_transformation_mode", "asymmetric"))),
        Of("Resize", "integers", [I([1, 2, 3])], ("scales", new[] { 2.0 })),
        Of("Resize", "image", [X(1, 2, 3, 2), None, None, I([5, 4])], ("mode", "linear"), ("axes", new[] { 2, 3 })),
        Of("Resize", "antialias linear", [X(1, 7)], ("scales", new[] { 1, 0.4 }), ("mode", "linear"), ("antialias", 1)),
        Of("Resize", "antialias cubic", [X(8, 2), None, None, new long[] { 3 }], ("axes", new[] { 0 }), ("mode", "cubic"), ("antialias", 1)),
        Of("Resize", "antialias up", [X(3), None, None, new long[] { 5 }], ("mode", "linear"), ("antialias", 1)),
        Of("Resize", "inside alone", [X(5)], ("scales", new[] { 1.5 }), ("mode", "cubic"), ("exclude_outside", 1), ("cubic_coeff_a", -0.5)),
        Of("Resize", "not larger", [X(2, 4), None, None, new long[] { 4, 5 }], ("mode", "linear"), ("keep_aspect_ratio_policy", "not_larger")),
        Of("Resize", "not smaller", [X(2, 4), None, None, new long[] { 4, 5 }], ("keep_aspect_ratio_policy", "not_smaller")),
        Of("Resize", "cropped", [X(4, 3), Argument.Of(F([0.2, 0, 1.2, 1])), None, new long[] { 5, 3 }], ("mode", "linear"), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 7.0)),
        Of("Resize", "single precision scales", [X(10), None, Argument.Of(Backprop.Domain.Graphs.Tensor.Vector(0.7f))]),
        Of("Upsample", "nearest", [X(2, 2), Argument.Of(F([2, 1.5]))]),
        Of("Upsample", "linear", [X(1, 3)], ("scales", new[] { 1, 2.5 }), ("mode", "linear")),
    ];
}
