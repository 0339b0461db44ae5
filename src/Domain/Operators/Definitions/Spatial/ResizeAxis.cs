using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>How Resize samples (its attributes; the names are ONNX's).</summary>
internal sealed record ResizeSampling
{
    public required string Mode { get; init; }

    public required string Coordinates { get; init; }

    public required string NearestMode { get; init; }

    public bool Antialias { get; init; }

    public bool ExcludeOutside { get; init; }

    public double CubicA { get; init; } = -0.75;
}

/// <summary>
/// The resampling of one axis: each element of the result is a weighted sum of the elements around its position in the operand (ONNX: Resize). The
/// cubic weights are those of Keys, Cubic convolution interpolation for digital image processing, 1981.
/// </summary>
internal sealed class ResizeAxis(ResizeSampling how, int extent, int made, double scale, (double Start, double End) region)
{
    private readonly double length = scale * extent;

    // A kernel that is stretched to cover all elements that a smaller result skips.
    private readonly double stretch = how.Antialias ? Math.Min(scale, 1) : 1;

    private bool IsNearest => how.Mode == "nearest";

    // The first of the taps, counted from the element on the left of the position; they are symmetric about it.
    private double FirstTap => how.Mode switch { "nearest" => 0, "linear" => Math.Floor(-1 / stretch) + 1, _ => Math.Floor(-2 / stretch) + 1 };

    /// <summary>x with this axis resampled; positions outside become <paramref name="outside"/> if that is given.</summary>
    public Node Apply(GraphBuilder b, Node x, int axis, double? outside)
    {
        double taps = IsNearest ? 1 : 2 - (2 * FirstTap);
        if (extent == 0 || taps * made > b.MaxElements)
        {
            throw new InvalidOperandException($"an axis of extent {extent} cannot be resized to {made} with {taps} weights each; " +
                $"Limits:MaxElements = {b.MaxElements}", 0);
        }

        int count = (int)taps;
        b.Cancellation.ThrowIfCancellationRequested();
        long[] indices = GC.AllocateUninitializedArray<long>(made * count);
        double[] weights = GC.AllocateUninitializedArray<double>(made * count);
        for (int i = 0; i < made; i++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            Sample(Position(i), indices.AsSpan(i * count, count), weights.AsSpan(i * count, count));
        }

        Node y = b.Gather(x, b.Constant(Tensor.Vector(indices)), axis);
        if (!IsNearest)
        {
            Shape spread = Shape.Of([.. x.Shape.Dims[..axis], made, count, .. x.Shape.Dims[(axis + 1)..]]);
            y = b.ReduceSum(b.Mul(b.Reshape(y, spread), Column(b, x.DType, [made, count], x.Shape.Rank - axis - 1, i => weights[i])),
                [axis + 1], false);
        }

        return outside is { } value && Enumerable.Range(0, made).Any(IsOutside)
            ? b.Where(Column(b, DType.Bool, [made], x.Shape.Rank - axis - 1, i => IsOutside(i) ? 1 : 0), b.Scalar(value, x.DType), y)
            : y;
    }

    private static Node Column(GraphBuilder b, DType dtype, int[] dims, int behind, Func<int, double> value) =>
        b.Tabulated(new TensorType(dtype, Shape.Of([.. dims, .. LayoutBuilding.Ones(behind)])), value);

    private bool IsOutside(int i) => Position(i) is var x && (x < 0 || x > extent - 1);

    private bool IsSingle => Math.Abs(length - 1) < 1e-9;

    private double Position(int i) => how.Coordinates switch
    {
        "asymmetric" => i / scale,
        "tf_half_pixel_for_nn" => (i + 0.5) / scale,
        "align_corners" => IsSingle ? 0 : i * (extent - 1) / (length - 1),
        "tf_crop_and_resize" => ((IsSingle ? 0.5 : i / (length - 1)) * (region.End - region.Start) * (extent - 1)) + (region.Start * (extent - 1)),
        "pytorch_half_pixel" when IsSingle => 0,
        "half_pixel_symmetric" => (extent / 2.0 * (1 - (made / length))) + ((i + 0.5) / scale) - 0.5,
        _ => ((i + 0.5) / scale) - 0.5,
    };

    // The offset of the position from its left neighbour is in (0, 1]: an integer position counts to the element on its left.
    private void Sample(double position, Span<long> indices, Span<double> weights)
    {
        double left = Math.Ceiling(position) - 1;
        double ratio = position - left;
        if (IsNearest)
        {
            indices[0] = Inside(left + (IsLeft(ratio) ? 0 : 1));
            return;
        }

        double sum = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            double tap = FirstTap + i, index = left + tap;
            bool counts = !how.ExcludeOutside || (index >= 0 && index < extent);
            weights[i] = counts ? Kernel(Math.Abs(tap - ratio) * stretch) : 0;
            indices[i] = Inside(index);
            sum += weights[i];
        }

        if (how.Antialias || how.ExcludeOutside)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = sum == 0 ? 0 : weights[i] / sum;
            }
        }
    }

    private bool IsLeft(double ratio) => ratio < 1 && how.NearestMode switch
    {
        "round_prefer_floor" => ratio <= 0.5,
        "round_prefer_ceil" => ratio < 0.5,
        "floor" => true,
        _ => false,
    };

    private long Inside(double index) => (long)Math.Clamp(index, 0, extent - 1);

    private double Kernel(double x)
    {
        double a = how.CubicA;
        return how.Mode == "linear" ? Math.Max(1 - x, 0)
            : x <= 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a)
            : 0;
    }
}
