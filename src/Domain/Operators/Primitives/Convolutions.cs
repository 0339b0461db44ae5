using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Convolution. It is linear in the values and in the kernel, and both transposes are again convolutions or matrix products (Dumoulin and Visin, "A
/// guide to convolution arithmetic for deep learning", 2016, chapter 4).
/// </summary>
public static class Convolutions
{
    /// <summary>Windows of x times the kernel, without padding.</summary>
    public static Primitive ConvOp { get; } = new("Conv",
        Derivative.Multilinear((b, n, g, i) => i == 0 ? ByValues(b, n, g) : ByKernel(b, n, g)), Batch,
        n => 2 * n.Type.Count * n.Inputs[1].Shape.CountOf(1, n.Shape.Rank))
    { IsContraction = true };

    private static Node ByValues(GraphBuilder b, Node n, Node g) => b.ConvTranspose(
        g, n.Inputs[1], n.Integers("strides"), n.Integers("dilations"), n.Integer("group"), n.Inputs[0].Shape.Dims[2..].ToArray());

    // dw[m, c, k] = Σ g[n, m, o]·x[n, c, k·dilation + o·stride]: x convolved with g with points and channels exchanged, and strides and dilations
    // exchanged.
    private static Node ByKernel(GraphBuilder b, Node n, Node g)
    {
        Node x = n.Inputs[0];
        int[] strides = n.Integers("strides"), dilations = n.Integers("dilations");
        int group = n.Integer("group"), points = x.Shape[0], channels = n.Inputs[1].Shape[1];
        int[] extents = x.Shape.Dims.ToArray();
        for (int axis = 2; axis < extents.Length; axis++)
        {
            // Elements that no window reaches are left out.
            extents[axis] = ((n.Inputs[1].Shape[axis] - 1) * dilations[axis - 2]) + ((g.Shape[axis] - 1) * strides[axis - 2]) + 1;
        }

        x = b.Slice(x, new int[extents.Length], LayoutBuilding.Ones(extents.Length), Shape.Of(extents));
        int[] spatial = extents[2..];
        x = b.Transpose(b.Reshape(x, Shape.Of([points, group, channels, .. spatial])), [2, 1, 0, .. Enumerable.Range(3, spatial.Length)]);
        x = b.Reshape(x, Shape.Of([channels, group * points, .. spatial]));
        return SwapFirst(b, b.Conv(x, SwapFirst(b, g), dilations, strides, group));
    }

    private static Node SwapFirst(GraphBuilder b, Node x) => b.Transpose(x, [1, 0, .. Enumerable.Range(2, x.Shape.Rank - 2)]);

    // If only x is batched, its points are joined to the convolution's; if kernels differ, each point is a group of its own.
    private static Node Batch(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        (int[] strides, int[] dilations, int group) = (node.Integers("strides"), node.Integers("dilations"), node.Integer("group"));
        Shape x = node.Inputs[0].Shape, w = node.Inputs[1].Shape;
        if (!batched[1])
        {
            Node flat = b.Reshape(inputs[0], Shape.Of([size * x[0], .. x.Dims[1..]]));
            return b.Reshape(b.Conv(flat, inputs[1], strides, dilations, group), Prepend(size, node.Shape));
        }

        Node points = b.MoveAxis(Materialize(b, inputs[0], batched[0], size), 0, 1);
        Node y = b.Conv(
            b.Reshape(points, Shape.Of([x[0], size * x[1], .. x.Dims[2..]])),
            b.Reshape(inputs[1], Shape.Of([size * w[0], .. w.Dims[1..]])),
            strides, dilations, size * group);
        return b.MoveAxis(b.Reshape(y, Shape.Of([x[0], size, .. node.Shape.Dims[1..]])), 1, 0);
    }
}
