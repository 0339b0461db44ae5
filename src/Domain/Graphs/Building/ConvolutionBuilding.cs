using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Convolutions without padding, in the sense of deep learning: the kernel is not flipped.</summary>
public static class ConvolutionBuilding
{
    /// <summary>
    /// y[n, m, o] = Σ x[n, c, o·stride + k·dilation]·w[m, c, k] over the channels c of m's group and the positions k of the kernel.
    /// </summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="x">[N, group·C, extents…].</param>
    /// <param name="w">[M, C, kernel…], M a multiple of the groups.</param>
    /// <param name="strides">The distance from one window to the next, for each spatial axis.</param>
    /// <param name="dilations">The distance from one element of a window to the next.</param>
    /// <param name="group">The number of groups of channels, each of which is convolved separately.</param>
    /// <exception cref="InvalidOperandException">The shapes do not fit.</exception>
    public static Node Conv(this GraphBuilder b, Node x, Node w, int[] strides, int[] dilations, int group)
    {
        int rank = x.Shape.Rank;
        bool fits = rank >= 3 && w.Shape.Rank == rank && strides.Length == rank - 2 && dilations.Length == rank - 2 && group >= 1
            && x.DType == w.DType;
        if (!fits || x.Shape[1] != (long)w.Shape[1] * group || w.Shape[0] % group != 0)
        {
            throw new InvalidOperandException($"x {x.Type} and w {w.Type} with {group} groups: [N,C,extents…] and [M,C/groups,kernel…] of one " +
                $"type are expected, M a multiple of the groups", 1);
        }

        var dims = new int[rank];
        (dims[0], dims[1]) = (x.Shape[0], w.Shape[0]);
        for (int axis = 2; axis < rank; axis++)
        {
            (int size, int stride, int dilation) = (w.Shape[axis], strides[axis - 2], dilations[axis - 2]);
            bool isWindow = size > 0 && stride > 0 && dilation > 0 && WindowBuilding.Reach(size, dilation) <= x.Shape[axis];
            dims[axis] = isWindow
                ? (int)((x.Shape[axis] - WindowBuilding.Reach(size, dilation)) / stride) + 1
                : throw new InvalidOperandException($"a kernel {w.Shape} with stride {stride} and dilation {dilation} does not fit into axis " +
                    $"{axis} of {x.Shape}", 1);
        }

        // The transposes of a convolution of no points have no terms.
        var type = new TensorType(x.DType, Shape.Of(dims));
        return w.Shape[1] == 0 ? b.Full(type, 0) : b.Make(Convolutions.ConvOp, type, [x, w], new Dictionary<string, AttributeValue>
        {
            ["strides"] = strides,
            ["dilations"] = dilations,
            ["group"] = (long)group,
        });
    }

    /// <summary>The transpose of <see cref="Conv"/> with respect to x: from [N, M, …] back to [N, group·C, <paramref name="extents"/>].</summary>
    public static Node ConvTranspose(this GraphBuilder b, Node y, Node w, int[] strides, int[] dilations, int group, int[] extents) =>
        strides.All(stride => stride == 1) ? Flipped(b, y, w, dilations, group) : Folded(b, y, w, strides, dilations, group, extents);

    // If windows are contiguous, the transpose is itself a convolution, with the kernel flipped: no separate sum is needed.
    private static Node Flipped(GraphBuilder b, Node y, Node w, int[] dilations, int group)
    {
        int rank = w.Shape.Rank;
        int[] border = new int[rank], starts = new int[rank], steps = LayoutBuilding.Ones(rank);
        for (int axis = 2; axis < rank; axis++)
        {
            border[axis] = (w.Shape[axis] - 1) * dilations[axis - 2];
            (starts[axis], steps[axis]) = w.Shape[axis] == 1 ? (0, 1) : (w.Shape[axis] - 1, -1);
        }

        Node swapped = b.SwapChannels(w, group);
        Node turned = b.Slice(swapped, starts, steps, swapped.Shape);
        return b.Conv(b.Pad(y, border, border), turned, LayoutBuilding.Ones(rank - 2), dilations, group);
    }

    /// <summary>[group·M, C, kernel…] as [group·C, M, kernel…].</summary>
    private static Node SwapChannels(this GraphBuilder b, Node w, int group)
    {
        (int m, int c, int[] kernel) = (w.Shape[0] / group, w.Shape[1], w.Shape.Dims[2..].ToArray());
        Node grouped = b.Reshape(w, Shape.Of([group, m, c, .. kernel]));
        return b.Reshape(b.Transpose(grouped, [0, 2, 1, .. Enumerable.Range(3, kernel.Length)]), Shape.Of([group * c, m, .. kernel]));
    }

    private static Node Folded(GraphBuilder b, Node y, Node w, int[] strides, int[] dilations, int group, int[] extents)
    {
        int spatial = strides.Length, batch = y.Shape[0], m = w.Shape[0] / group, c = w.Shape[1];
        int[] kernel = w.Shape.Dims[2..].ToArray(), counts = y.Shape.Dims[2..].ToArray();
        int places = OperatorCall.ToInt("the number of windows", Shape.Of(counts).Count),
            taps = OperatorCall.ToInt("the size of a window", c * Shape.Of(kernel).Count);
        Node windows = b.MatMul(b.SwapLast(b.Reshape(w, Shape.Of(group, m, taps))), b.Reshape(y, Shape.Of(batch, group, m, places)));
        windows = b.Reshape(windows, Shape.Of([batch, group * c, .. kernel, .. counts]));
        IEnumerable<int> pairs = Enumerable.Range(0, spatial).SelectMany(axis => new[] { 2 + spatial + axis, 2 + axis });
        Node x = b.Transpose(windows, [0, 1, .. pairs]);
        for (int axis = spatial - 1; axis >= 0; axis--)
        {
            x = b.Fold(x, 2 + (2 * axis), extents[axis], strides[axis], dilations[axis]);
        }

        return x;
    }
}
