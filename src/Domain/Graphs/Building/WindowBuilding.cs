using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Graphs.Building.ReductionBuilding;

namespace Backprop.Domain.Graphs.Building;

/// <summary>
/// Sliding windows over axes. A window takes <c>size</c> elements at distance <c>dilation</c>; the next one starts <c>stride</c> further.
/// </summary>
public static class WindowBuilding
{
    /// <summary>
    /// The windows of an axis: it becomes two, [count, size], with y[…, o, k, …] = x[…, o·stride + k·dilation, …]. There are as many windows as fit.
    /// </summary>
    /// <exception cref="InvalidOperandException">No window fits, or a number is not positive.</exception>
    public static Node Unfold(this GraphBuilder b, Node x, int axis, int size, int stride, int dilation)
    {
        axis = Axis(axis, x.Shape.Rank);
        RequirePositive(size, stride, dilation);
        long reach = Reach(size, dilation);
        int count = reach <= x.Shape[axis]
            ? (int)((x.Shape[axis] - reach) / stride) + 1
            : throw new InvalidOperandException($"a window that reaches over {reach} elements does not fit into axis {axis} of {x.Shape}");
        var shape = Shape.Of([.. x.Shape.Dims[..axis], count, size, .. x.Shape.Dims[(axis + 1)..]]);
        return size == 1 && stride == 1
            ? b.Reshape(x, shape)
            : b.Make(Windowing.UnfoldOp, new TensorType(x.DType, shape), [x], new Dictionary<string, AttributeValue>
            {
                ["axis"] = (long)axis,
                ["size"] = (long)size,
                ["stride"] = (long)stride,
                ["dilation"] = (long)dilation,
            });
    }

    /// <summary>
    /// Overlap-add, the transpose of <see cref="Unfold"/>: the axes [count, size] become one of <paramref name="extent"/> elements, with y[…, i, …]
    /// the sum of x[…, o, k, …] over all o·stride + k·dilation = i.
    /// </summary>
    /// <exception cref="InvalidOperandException">The windows extend beyond the extent, or a number is not positive.</exception>
    public static Node Fold(this GraphBuilder b, Node x, int axis, int extent, int stride, int dilation)
    {
        axis = Axis(axis, x.Shape.Rank);
        if (axis == x.Shape.Rank - 1)
        {
            throw new InvalidOperandException($"axis {axis} of {x.Shape} is not followed by an axis of window elements");
        }

        (int count, int size) = (x.Shape[axis], x.Shape[axis + 1]);
        RequirePositive(count, stride, dilation);
        RequirePositive(size, stride, dilation);
        long covered = ((long)(count - 1) * stride) + Reach(size, dilation);
        if (covered > extent)
        {
            throw new InvalidOperandException($"windows {x.Shape} of axis {axis} cover {covered} elements, more than the extent {extent}");
        }

        var shape = Shape.Of([.. x.Shape.Dims[..axis], extent, .. x.Shape.Dims[(axis + 2)..]]);
        return size == 1 && stride == 1 && count == extent
            ? b.Reshape(x, shape)
            : b.Make(Windowing.FoldOp, new TensorType(x.DType, shape), [x], new Dictionary<string, AttributeValue>
            {
                ["axis"] = (long)axis,
                ["extent"] = (long)extent,
                ["stride"] = (long)stride,
                ["dilation"] = (long)dilation,
            });
    }

    /// <summary>
    /// For each window over the last axes, as many as there are extents of <paramref name="kernel"/>, the position of its largest element, counted
    /// row-major over these axes. Of equal elements the first is taken, NaN is larger than all numbers, and padding is never taken.
    /// </summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="x">The values.</param>
    /// <param name="kernel">The elements of a window along each axis.</param>
    /// <param name="strides">The distance from one window to the next.</param>
    /// <param name="dilations">The distance from one element of a window to the next.</param>
    /// <param name="pads">The padding at the beginnings of the axes, then that at their ends.</param>
    /// <exception cref="InvalidOperandException">Lengths do not agree, no window fits, or a window consists only of padding.</exception>
    public static Node ArgMaxPool(this GraphBuilder b, Node x, int[] kernel, int[] strides, int[] dilations, int[] pads)
    {
        int spatial = kernel.Length, lead = x.Shape.Rank - spatial;
        if (spatial == 0 || lead < 0 || strides.Length != spatial || dilations.Length != spatial || pads.Length != 2 * spatial)
        {
            throw new InvalidOperandException(
                $"kernel_shape, strides, dilations and pads have {spatial}, {strides.Length}, {dilations.Length} and {pads.Length} elements for x " +
                    $"of shape {x.Shape}");
        }

        int[] dims = x.Shape.Dims.ToArray();
        for (int i = 0; i < spatial; i++)
        {
            dims[lead + i] = Windows(x.Shape[lead + i], kernel[i], strides[i], dilations[i], pads[i], pads[spatial + i]);
        }

        return b.Make(Windowing.ArgMaxPoolOp, new TensorType(DType.Int64, Shape.Of(dims)), [x], new Dictionary<string, AttributeValue>
        {
            ["kernel_shape"] = kernel,
            ["strides"] = strides,
            ["dilations"] = dilations,
            ["pads"] = pads,
        });
    }

    /// <summary>The elements from the first of a window to its last.</summary>
    public static long Reach(int size, int dilation) => ((long)(size - 1) * dilation) + 1;

    private static int Windows(int extent, int size, int stride, int dilation, int begin, int end)
    {
        RequirePositive(size, stride, dilation);
        long room = (long)extent + begin + end - Reach(size, dilation);
        if (begin < 0 || end < 0 || room < 0 || room / stride >= int.MaxValue)
        {
            throw new InvalidOperandException($"no windows of {size} elements over {extent} elements with borders of {begin} and {end}");
        }

        int count = (int)(room / stride) + 1;
        bool isInside = ((long)(count - 1) * stride) - begin < extent;
        for (long start = -begin; start < 0 && isInside; start += stride)
        {
            // The first element of this window that is not before the axis.
            long at = start + ((-start + dilation - 1) / dilation * dilation);
            isInside = at < Math.Min(extent, start + Reach(size, dilation));
        }

        return isInside ? count : throw new InvalidOperandException($"a window of {size} elements lies entirely in the borders of {begin} and {end}");
    }

    private static void RequirePositive(int size, int stride, int dilation)
    {
        if (size < 1 || stride < 1 || dilation < 1)
        {
            throw new InvalidOperandException($"windows of {size} elements, stride {stride} and dilation {dilation}: all must be positive");
        }
    }
}
