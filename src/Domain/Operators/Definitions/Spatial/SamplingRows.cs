using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>Grids of positions, and samples at them.</summary>
internal static class SamplingRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("GridSample", "X:F grid:F", "align_corners:int=0 mode:string=linear padding_mode:string=zeros",
            "X: g added at the taps with their weights; grid: the slope of the weights; 0 where a position was moved inside",
            "2 × taps × n, and for each tap of each point and axis those of its weight", GridSampleBuilding.Build),
        Row("RoiAlign", "X:F rois:F batch_indices:I",
            "coordinate_transformation_mode:string=half_pixel mode:string=avg output_height:int=1 output_width:int=1 sampling_ratio:int=0 " +
                "spatial_scale:float=1.0",
            "X: g spread over the four elements around each sample; rois: the slope of the weights",
                "8 × samples × channels + n, and 8 × samples for their weights, and about 12 for each row and column of samples",
            c => new RoiAlignBuilding(c).Build()),
        Row("AffineGrid", "theta:F size:I!", "align_corners:int=0", "the sum over the positions of g times the position", "2 × n × (axes + 1)",
            AffineGrid),
    ];

    // theta [N, r, r + 1] applied to each position (…, y, x, 1)ᵀ of a grid from −1 to 1; the coordinates run from the last axis to the first.
    private static Node AffineGrid(OperatorCall c)
    {
        GraphBuilder b = c.B;
        long[] size = c.RequiredInts("size");
        int axes = size.Length - 2;
        if (axes is not (2 or 3) || !c.X.Shape.Equals(Extents.ToShape([size[0], axes, axes + 1])))
        {
            throw new InvalidOperandException($"theta of shape {c.X.Shape} and size [{string.Join(',', size)}]: [N,r,r+1] and [N,C,D1…Dr] with r " +
                $"2 or 3 are expected");
        }

        Shape spatial = Extents.ToShape(size[2..]);
        bool align = c.Flag("align_corners");
        Node positions = b.Tabulated(new TensorType(c.X.DType, Extents.ToShape([spatial.Count, axes + 1])), i =>
        {
            (int point, int place) = (i / (axes + 1), i % (axes + 1));
            if (place == axes)
            {
                return 1;
            }

            int axis = axes - 1 - place, extent = spatial[axis];
            double step = spatial.IndexOf(point)[axis];
            return align ? extent == 1 ? 0 : (2 * step / (extent - 1)) - 1 : (((2 * step) + 1) / extent) - 1;
        });
        return b.Reshape(b.MatMul(positions, b.SwapLast(c.X)), Shape.Of([c.X.Shape[0], .. spatial.Dims, axes]));
    }
}
