using Backprop.Domain.Graphs;
using Backprop.Testing.Samples;

namespace Backprop.Domain.Tests.Costs;

/// <summary>FLOPs of sampling at a grid: those of the taps of each axis per point, and of the weighted sums of all their combinations.</summary>
internal static class SamplingCount
{
    public static long OfGridSample(Sample sample)
    {
        (Shape x, Shape grid) = (sample.ShapeOf(0), sample.ShapeOf(1));
        long axes = x.Rank - 2, points = grid.Count / axes, channels = x[1];
        string mode = sample.Text("mode", "linear"), padding = sample.Text("padding_mode", "zeros");
        long taps = mode switch { "nearest" => 1, "bicubic" => 4, _ => 2 };
        (long clipped, long reflected) = (2, 9);
        long moved = padding switch { "zeros" => 0, "border" => clipped, _ => reflected };

        // Positions: a scale and a shift; then a rounding, or a floor, a ratio and the weights with the neighbouring taps.
        long position = 2 + (mode switch { "nearest" => 1 + moved, "bicubic" => 2 + 25 + 3, _ => 2 + 1 + 1 + moved });
        long tap = padding switch { "zeros" => 3 + clipped, "reflection" when mode == "bicubic" => reflected, _ => clipped };
        bool weighted = mode != "nearest" || padding == "zeros";
        long joins = 0, combinations = taps;
        for (int axis = 1; axis < axes; axis++)
        {
            combinations *= taps;
            joins += combinations * (2 + (weighted ? 1 : 0));
        }

        return (points * ((axes * (position + (taps * tap))) + joins)) + (channels * points * ((combinations * (weighted ? 2 : 1)) - 1));
    }

    // For each sample and axis a position, a floor, a ratio, its complement and the next index; for each of two neighbours three comparisons; then
    // four indices and weights.
    public static long OfDeformConv(Sample sample, Shape result)
    {
        (Shape x, Shape w) = (sample.ShapeOf(0), sample.ShapeOf(1));
        long offsetGroups = sample.Int("offset_group", 1), samples = x[0] * offsetGroups * w[2] * w[3] * result[2] * result[3];
        long positions = samples * ((2 * (5 + (2 * 3))) + (4 * 3)), channels = x[1] / offsetGroups;
        return positions + (samples * channels * (sample.Has(4) ? 8 : 7)) + (2 * result.Count * w[1] * w[2] * w[3]) + (sample.Has(3) ? result.Count : 0);
    }

    public static long OfCol2Im(Sample sample)
    {
        int[] image = Ints("image_shape", []), block = Ints("block_shape", []), ones = [.. image.Select(_ => 1)];
        int[] strides = Ints("strides", ones), dilations = Ints("dilations", ones), pads = Ints("pads", new int[2 * image.Length]);
        long flops = 0, elements = sample.ShapeOf(0).Count;
        for (int i = image.Length - 1; i >= 0; i--)
        {
            flops += elements;
            int windows = ((image[i] + pads[i] + pads[image.Length + i] - ((block[i] - 1) * dilations[i]) - 1) / strides[i]) + 1;
            elements = elements / (windows * block[i]) * image[i];
        }

        return flops;

        int[] Ints(string name, int[] otherwise) =>
            sample.Attributes.TryGetValue(name, out AttributeValue? value) ? [.. value.Numbers!.Value.ToIntegers().Select(number => (int)number)] : otherwise;
    }

    public static long OfRoiAlign(Sample sample, Shape result)
    {
        (long rois, long channels, long samples) = (result[0], result[1], sample.Int("sampling_ratio", 0));
        (long rows, long columns) = (rois * result[2] * samples, rois * result[3] * samples);
        long points = rows * columns / rois, sizes = sample.Attributes.ContainsKey("coordinate_transformation_mode") ? 3 : 2;

        // Scaled corners; positions and two weights for each row and column; the indices of the elements; the sums and the means.
        return (8 * rois) + (2 * sizes * rois) + (11 * (rows + columns)) + rois + (4 * rows) + (8 * points) + (8 * points * channels) + result.Count;
    }

    // A product with each frequency's cosine and sine.
    public static long OfTransform(Sample sample, Shape result)
    {
        Shape x = sample.ShapeOf(0);
        if (sample.Operator == "DFT")
        {
            int axis = sample.Attributes.ContainsKey("axis") ? sample.Axis("axis", 0) : sample.Form == "inner axis" ? 0 : x.Rank - 2;
            long length = sample.Form switch { "cut" => 3, "filled up" => 4, _ => x[axis] };
            return 2 * result.Count * length * x[^1];
        }

        long parts = x.Rank == 3 ? x[2] : 1, frame = sample.Form == "window" ? 3 : 4;
        return (2 * result.Count * frame * parts) + result[1] + (result[1] * frame) + (sample.Form == "window" ? result[0] * result[1] * frame * parts : 0);
    }
}
