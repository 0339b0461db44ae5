using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>Resizing: along each axis a linear map with a few known weights per element of the result.</summary>
internal static class ResizeRows
{
    private const string Derivative = "g distributed by the same weights; nearest: g added at the element's source";
    private const string Flops = "2 × taps × elements of the result of each resized axis (nearest: 0)";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Resize", "X:A roi:F?'= scales:F?'= sizes:I?!",
            "antialias:int=0 axes:ints coordinate_transformation_mode:string=half_pixel cubic_coeff_a:float=-0.75 exclude_outside:int=0 " +
                "extrapolation_value:float=0.0 "
            + "keep_aspect_ratio_policy:string=stretch mode:string=nearest nearest_mode:string=round_prefer_floor scales:floats", Derivative, Flops,
                Resize),
        Row("Upsample", "X:A scales:F?'=", "mode:string=nearest scales:floats", Derivative, Flops, Upsample),
    ];

    private static Node Resize(OperatorCall c)
    {
        var sampling = new ResizeSampling
        {
            Mode = c.Text("mode", "nearest", "linear", "cubic"),
            Coordinates = c.Text("coordinate_transformation_mode", "half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners",
                "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize"),
            NearestMode = c.Text("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil"),
            Antialias = c.Flag("antialias"),
            ExcludeOutside = c.Flag("exclude_outside"),
            CubicA = c.Number("cubic_coeff_a"),
        };
        int[] axes = c.Ints("axes") is { } given ? [.. given.Select(axis => ReductionBuilding.Axis(axis, c.X.Shape.Rank))]
            : ReductionBuilding.AllAxes(c.X);
        ReductionBuilding.Normalize(axes, c.X.Shape.Rank);
        return Along(c, sampling, axes, Extents(c, axes), sampling.Coordinates == "tf_crop_and_resize" ? Regions(c, axes.Length) : null);
    }

    // Upsample's own positions: x/scale, truncated for nearest.
    private static Node Upsample(OperatorCall c)
    {
        var sampling = new ResizeSampling { Mode = c.Text("mode", "nearest", "linear"), Coordinates = "asymmetric", NearestMode = "floor" };
        int[] axes = ReductionBuilding.AllAxes(c.X);
        double[] scales = c.Numbers("scales") ?? throw new InvalidOperandException("scales is missing");
        return Along(c, sampling, axes, Scaled(c, axes, scales), null);
    }

    private static Node Along(OperatorCall c, ResizeSampling sampling, int[] axes, (double Scale, int Extent)[] extents, double[]? regions)
    {
        if (sampling.Mode != "nearest" && !c.X.DType.IsFloat())
        {
            throw new InvalidOperandException($"mode {sampling.Mode} takes floats, X is {c.X.DType.Label()}", 0);
        }

        Node y = c.X;
        for (int i = 0; i < axes.Length; i++)
        {
            int extent = y.Shape[axes[i]];
            (double scale, int made) = extents[i];
            if ((made == extent && scale == 1 && regions is null) || made == 0)
            {
                y = made == extent ? y : c.B.SliceAxis(y, axes[i], 0, 0);
                continue;
            }

            var axis = new ResizeAxis(sampling, extent, made, scale, regions is null ? (0, 1) : (regions[i], regions[axes.Length + i]));
            y = axis.Apply(c.B, y, axes[i], sampling.Coordinates == "tf_crop_and_resize" ? c.Number("extrapolation_value") : null);
        }

        return y;
    }

    private static (double Scale, int Extent)[] Extents(OperatorCall c, int[] axes)
    {
        double[]? scales = c.Numbers("scales") is { Length: > 0 } some ? some : null;
        long[]? sizes = c.Ints("sizes") is { Length: > 0 } all ? all : null;
        if ((scales is null) == (sizes is null))
        {
            throw new InvalidOperandException("exactly one of scales and sizes must be given");
        }

        return scales is not null ? Scaled(c, axes, scales) : Sized(c, axes, sizes!);
    }

    private static (double Scale, int Extent)[] Scaled(OperatorCall c, int[] axes, double[] scales)
    {
        RequireOneEach("scales", scales.Length, axes.Length);
        bool single = c.Name == "Resize" ? IsSingle(c, 2) : IsSingle(c, 1);
        return [.. axes.Zip(scales, (axis, scale) => scale > 0 && double.IsFinite(scale)
            ? (scale, Extent(Product(c.X.Shape[axis], scale)))
            : throw new InvalidOperandException($"scales holds {scale}; each must be positive"))];

        // 10·0.7f is 7, as the author of the float32 number meant, although the exact product is a little less.
        double Product(int extent, double scale) => single ? (float)(extent * scale) : extent * scale;
    }

    private static bool IsSingle(OperatorCall c, int place) => c.Optional(place)?.DType == DType.Float32;

    private static (double Scale, int Extent)[] Sized(OperatorCall c, int[] axes, long[] sizes)
    {
        RequireOneEach("sizes", sizes.Length, axes.Length);
        string policy = c.Text("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller");
        double[] scales = [.. axes.Zip(sizes, (axis, size) => c.X.Shape[axis] > 0 && size > 0
            ? (double)size / c.X.Shape[axis]
            : throw new InvalidOperandException($"sizes holds {size} for an axis of extent {c.X.Shape[axis]}"))];
        if (policy == "stretch")
        {
            return [.. scales.Zip(sizes, (scale, size) => (scale, Extent(size)))];
        }

        double common = policy == "not_larger" ? scales.Min() : scales.Max();
        return [.. axes.Select(axis => (common, Extent(Math.Floor((common * c.X.Shape[axis]) + 0.5))))];
    }

    private static double[] Regions(OperatorCall c, int axes) => c.Numbers("roi") is { } roi && roi.Length == 2 * axes && roi.All(double.IsFinite)
        ? roi
        : throw new InvalidOperandException($"tf_crop_and_resize needs roi: a start and an end for each of {axes} axes", 1);

    private static int Extent(double extent) => extent <= int.MaxValue ? (int)extent
        : throw new InvalidOperandException($"an axis would be {extent} long");

    private static void RequireOneEach(string name, int given, int axes)
    {
        if (given != axes)
        {
            throw new InvalidOperandException($"{name} has {given} elements, expected one for each of {axes} axes");
        }
    }
}
