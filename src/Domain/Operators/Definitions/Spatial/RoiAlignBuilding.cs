using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>
/// RoiAlign (He et al., Mask R-CNN, 2017): each region is cut into bins, each bin is the mean of samples on a grid in it, each sample the bilinear
/// interpolation of the four elements around it. A sample more than one element outside counts as zero.
/// </summary>
internal sealed class RoiAlignBuilding(OperatorCall c)
{
    private readonly GraphBuilder b = c.B;

    private sealed record Axis(Node Low, Node High, Node LowWeight, Node HighWeight);

    /// <summary>X [N, C, H, W], rois [R, 4] (x1, y1, x2, y2) and the index of each region's image give [R, C, height, width].</summary>
    public Node Build()
    {
        (Shape x, Shape rois) = (c.X.Shape, c[1].Shape);
        (int samples, int height, int width) = (c.Int("sampling_ratio"), c.Int("output_height"), c.Int("output_width"));
        bool fits = x.Rank == 4 && rois.Rank == 2 && rois[1] == 4 && c[2].Shape.Equals(Shape.Of(rois[0])) && x[2] > 0 && x[3] > 0;
        if (!fits || height < 1 || width < 1)
        {
            throw new InvalidOperandException($"X of shape {x}, rois {rois} and batch_indices {c[2].Shape}: [N,C,H,W], [R,4] and [R] are " +
                $"expected, and an output of {height} × {width}");
        }

        if (samples < 1 || c.Text("mode", "avg", "max") != "avg")
        {
            throw new InvalidOperandException("there is only mode avg with a positive sampling_ratio: otherwise the number of samples depends on " +
                "the rois");
        }

        bool halfPixel = c.Text("coordinate_transformation_mode", "half_pixel", "output_half_pixel") == "half_pixel";
        Node scaled = b.Plus(b.Times(c[1], c.Number("spatial_scale")), halfPixel ? -0.5 : 0);
        (Axis rows, Axis columns) = (Along(scaled, 1, x[2], height, samples, halfPixel), Along(scaled, 0, x[3], width, samples, halfPixel));
        Node y = Sampled(rows, columns);
        (int count, int channels) = (rois[0], x[1]);
        Node bins = b.Reshape(y, Shape.Of(count, height, samples, width, samples, channels));
        return b.Transpose(b.ReduceMean(bins, [2, 4], false), 0, 3, 1, 2);
    }

    // The two elements around each sample of an axis, [R, bins·samples], and their weights.
    private Axis Along(Node rois, int first, int extent, int bins, int samples, bool halfPixel)
    {
        DType dtype = rois.DType;
        (Node zero, Node one, Node last) = (b.Scalar(0, dtype), b.Scalar(1, dtype), b.Scalar(extent - 1, dtype));
        Node start = b.SliceAxis(rois, 1, first, 1), size = b.Sub(b.SliceAxis(rois, 1, first + 2, 1), start);
        Node bin = b.Times(halfPixel ? size : b.Max(size, one), 1.0 / bins);
        Node steps = b.Tabulated(new TensorType(dtype, Extents.ToShape([(long)bins * samples])), i => (i + 0.5) / samples);
        Node position = b.Add(start, b.Mul(bin, steps));
        Node inside = b.And(b.GreaterOrEqual(position, b.Scalar(-1, dtype)), b.LessOrEqual(position, b.Scalar(extent, dtype)));
        position = b.Where(b.Less(position, zero), zero, position);
        Node floor = b.Floor(position), atEnd = b.GreaterOrEqual(floor, last);
        Node low = b.Where(atEnd, last, floor), high = b.Where(atEnd, last, b.Plus(floor, 1));
        Node ratio = b.Where(atEnd, zero, b.Sub(position, floor));

        // A position that is not inside may be anything, even NaN: element 0 with weight 0.
        return new Axis(Index(low), Index(high), b.Where(inside, b.Sub(one, ratio), zero), b.Where(inside, ratio, zero));

        Node Index(Node place) => b.Cast(b.Where(inside, place, zero), DType.Int64);
    }

    private Node Sampled(Axis rows, Axis columns)
    {
        Shape x = c.X.Shape;
        (int count, int height, int width) = (rows.Low.Shape[0], rows.Low.Shape[1], columns.Low.Shape[1]);
        Node pixels = b.Reshape(b.Transpose(c.X, 0, 2, 3, 1), Extents.ToShape([(long)x[0] * x[2] * x[3], x[1]]));
        Node images = b.Reshape(b.Mul(c[2], b.Scalar(x[2], DType.Int64)), Shape.Of(count, 1));
        Node? sum = null;
        foreach ((Node row, Node rowWeight) in new[] { (rows.Low, rows.LowWeight), (rows.High, rows.HighWeight) })
        {
            Node line = b.Reshape(b.Mul(b.Add(images, row), b.Scalar(x[3], DType.Int64)), Shape.Of(count, height, 1));
            Node across = b.Reshape(rowWeight, Shape.Of(count, height, 1));
            foreach ((Node column, Node columnWeight) in new[] { (columns.Low, columns.LowWeight), (columns.High, columns.HighWeight) })
            {
                Node value = b.Gather(pixels, b.Add(line, b.Reshape(column, Shape.Of(count, 1, width))), 0);
                Node weight = b.Reshape(b.Mul(across, b.Reshape(columnWeight, Shape.Of(count, 1, width))), Shape.Of(count, height, width, 1));
                Node term = b.Mul(value, weight);
                sum = sum is null ? term : b.Add(sum, term);
            }
        }

        return sum!;
    }
}
