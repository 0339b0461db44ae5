using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Operations that move elements and compute nothing. All are linear; the transpose moves the cotangent back.</summary>
public static class Layout
{
    /// <summary>Another shape.</summary>
    public static Primitive ReshapeOp { get; } = new("Reshape",
        Derivative.Linear((b, n, g, _) => b.Reshape(g, n.Inputs[0].Shape)),
        (b, n, inputs, _, size) => b.Reshape(inputs[0], Prepend(size, n.Shape)), Free)
    { Movement = Movement.Moves, IsAlias = true };

    /// <summary>Broadcasting: its transpose is the summation that reverse mode does.</summary>
    public static Primitive ExpandOp { get; } = new("Expand",
        Derivative.Linear((_, _, g, _) => g),
        (b, n, inputs, _, size) => b.Expand(AlignRank(b, inputs[0], n.Shape.Rank + 1), Prepend(size, n.Shape)), Free)
    { Movement = Movement.Moves };

    /// <summary>Another order of axes: the transpose is the inverse order.</summary>
    public static Primitive TransposeOp { get; } = new("Transpose",
        Derivative.Linear((b, n, g, _) => b.Transpose(g, Inverse(n.Integers("perm")))),
        (b, n, inputs, _, _) => b.Transpose(inputs[0], [0, .. n.Integers("perm").Select(axis => axis + 1)]), Free)
    { Movement = Movement.Moves };

    /// <summary>Concatenation: the transpose cuts out the part.</summary>
    public static Primitive ConcatOp { get; } = new("Concat",
        Derivative.LinearInMany((b, n, g) =>
        {
            int axis = n.Integer("axis");
            int[] starts = Starts(n, axis);
            return i => b.SliceAxis(g, axis, starts[i], n.Inputs[i].Shape[axis]);
        }),
        (b, n, inputs, batched, size) =>
            b.Concat([.. inputs.Select((x, i) => Materialize(b, x, batched[i], size))], n.Integer("axis") + 1), Free)
    { Movement = Movement.Moves };

    /// <summary>A part: the transpose puts it back among zeros.</summary>
    public static Primitive SliceOp { get; } = new("Slice", Derivative.Linear((b, n, g, _) => Unslice(b, n, g)),
        (b, n, inputs, _, size) => b.Slice(inputs[0], [0, .. n.Integers("starts")], [1, .. n.Integers("steps")], Prepend(size, n.Shape)), Free)
    { Movement = Movement.Adds };

    /// <summary>Padding: the transpose cuts it off; the cotangent of the padding belongs to the padding value.</summary>
    public static Primitive PadOp { get; } = new("Pad", Derivative.Linear((b, n, g, i) =>
    {
        Node inner = b.Slice(g, n.Integers("pads")[..n.Shape.Rank], LayoutBuilding.Ones(n.Shape.Rank), n.Inputs[0].Shape);
        return i == 0 ? inner : b.Sub(b.Total(g), b.Total(inner));
    }), BatchPad, Free)
    { Movement = Movement.Adds };

    private static int[] Starts(Node concat, int axis)
    {
        var starts = new int[concat.Inputs.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + concat.Inputs[i - 1].Shape[axis];
        }

        return starts;
    }

    private static int[] Inverse(int[] perm)
    {
        var inverse = new int[perm.Length];
        for (int i = 0; i < perm.Length; i++)
        {
            inverse[perm[i]] = i;
        }

        return inverse;
    }

    private static Node Unslice(GraphBuilder b, Node node, Node g)
    {
        Shape shape = node.Inputs[0].Shape;
        (int[] starts, int[] steps) = (node.Integers("starts"), node.Integers("steps"));
        (int[] begins, int[] ends) = (new int[shape.Rank], new int[shape.Rank]);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int count = g.Shape[axis];
            (int start, int step) = (starts[axis], steps[axis]);
            if (step < 0)
            {
                g = Flip(b, g, axis);
                (start, step) = (start + ((count - 1) * step), -step);
            }

            g = Dilate(b, g, axis, step);
            begins[axis] = count == 0 ? 0 : start;
            ends[axis] = shape[axis] - begins[axis] - g.Shape[axis];
        }

        return b.Pad(g, begins, ends);
    }

    private static Node Flip(GraphBuilder b, Node x, int axis)
    {
        var starts = new int[x.Shape.Rank];
        int[] steps = LayoutBuilding.Ones(x.Shape.Rank);
        (starts[axis], steps[axis]) = (Math.Max(x.Shape[axis] - 1, 0), -1);
        return b.Slice(x, starts, steps, x.Shape);
    }

    // Inserts step − 1 zeros between neighbours: a new last axis, padded, and folded in.
    private static Node Dilate(GraphBuilder b, Node x, int axis, int step)
    {
        int count = x.Shape[axis];
        if (step == 1 || count <= 1)
        {
            return x;
        }

        int[] dims = x.Shape.Dims.ToArray();
        var ends = new int[dims.Length + 1];
        ends[axis + 1] = step - 1;
        Node spread = b.Pad(b.Reshape(x, Shape.Of([.. dims[..(axis + 1)], 1, .. dims[(axis + 1)..]])), new int[dims.Length + 1], ends);
        dims[axis] = count * step;
        return b.SliceAxis(b.Reshape(spread, Shape.Of(dims)), axis, 0, ((count - 1) * step) + 1);
    }

    private static Node BatchPad(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        int rank = node.Shape.Rank;
        int[] pads = node.Integers("pads");
        (int[] begins, int[] ends) = ([0, .. pads[..rank]], [0, .. pads[rank..]]);
        Node x = Materialize(b, inputs[0], batched[0], size);
        if (!batched[1])
        {
            return b.Pad(x, begins, ends, inputs[1]);
        }

        // Each point has its own padding value, selected by a padded mask.
        Node inside = b.Pad(b.Full(new TensorType(DType.Bool, node.Inputs[0].Shape), 1), pads[..rank], pads[rank..], b.Scalar(0, DType.Bool));
        return b.Where(inside, b.Pad(x, begins, ends), AlignRank(b, inputs[1], rank + 1));
    }
}
