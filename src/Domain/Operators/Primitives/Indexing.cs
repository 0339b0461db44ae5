using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;
using static Backprop.Domain.Operators.Primitives.Reductions;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Gathers and scatters. A gather is linear in its data and its transpose is a scatter that adds.</summary>
public static class Indexing
{
    /// <summary>The attribute of a GatherElements whose indices are class labels, which unlike other indices may not be negative (ONNX).</summary>
    public const string AreLabels = "labels";

    /// <summary>Slices along an axis.</summary>
    public static Primitive GatherOp { get; } = new("Gather", Derivative.Linear(Ungather), BatchGather, Free) { Movement = Movement.Adds };

    /// <summary>Single elements along an axis.</summary>
    public static Primitive GatherElementsOp { get; } = new("GatherElements", Derivative.Linear((b, n, g, _) =>
        b.ScatterElements(b.Full(n.Inputs[0].Type, 0), n.Inputs[1], g, n.Integer("axis"), "add")),
        (b, n, inputs, batched, size) => b.GatherElements(
            Materialize(b, inputs[0], batched[0], size), Materialize(b, inputs[1], batched[1], size), n.Integer("axis") + 1,
                n.Attributes.ContainsKey(AreLabels)), Free)
    { Movement = Movement.Adds };

    /// <summary>Slices at multi-indices.</summary>
    public static Primitive GatherNDOp { get; } = new("GatherND", Derivative.Linear((b, n, g, _) =>
        b.ScatterND(b.Full(n.Inputs[0].Type, 0), WithCoordinates(b, n.Inputs[1], n.Integer("batch_dims")), g, "add")),
        (b, n, inputs, batched, size) => b.GatherND(
            Materialize(b, inputs[0], batched[0], size), Materialize(b, inputs[1], batched[1], size), n.Integer("batch_dims") + 1), Free)
    { Movement = Movement.Adds };

    /// <summary>Single elements scattered along an axis.</summary>
    public static Primitive ScatterElementsOp { get; } = new("ScatterElements", ScatterDerivative.Rule, BatchScatterElements, Joins)
    { IsUpdate = true };

    /// <summary>Slices scattered at multi-indices.</summary>
    public static Primitive ScatterNDOp { get; } = new("ScatterND", ScatterDerivative.Rule, BatchScatterND, Joins) { IsUpdate = true };

    /// <summary>Multi-indices preceded by the coordinates of their own first axes, so that they address without batch axes.</summary>
    public static Node WithCoordinates(GraphBuilder b, Node indices, int axes)
    {
        var parts = new List<Node>();
        Shape shape = indices.Shape;
        var column = Shape.Of([.. shape.Dims[..^1], 1]);
        for (int axis = 0; axis < axes; axis++)
        {
            int[] dims = LayoutBuilding.Ones(shape.Rank);
            dims[axis] = shape[axis];
            parts.Add(b.Expand(b.Reshape(b.Iota(shape[axis]), Shape.Of(dims)), column));
        }

        return b.Concat([.. parts, indices], shape.Rank - 1);
    }

    // Replacing a value is not arithmetic; combining it with another is.
    private static long Joins(Node node) => node.Text("reduction") == "none" ? 0 : node.Inputs[2].Type.Count;

    private static Node Ungather(GraphBuilder b, Node node, Node g, int operand)
    {
        (Node data, Node indices, int axis) = (node.Inputs[0], node.Inputs[1], node.Integer("axis"));
        int rank = indices.Shape.Rank;

        // The axes of the positions come first, then those before and after the gathered one.
        int[] perm = [.. Enumerable.Range(axis, rank), .. Enumerable.Range(0, axis), .. Enumerable.Range(axis + rank, g.Shape.Rank - axis - rank)];
        var front = Shape.Of([data.Shape[axis], .. data.Shape.Dims[..axis], .. data.Shape.Dims[(axis + 1)..]]);
        Node sum = b.ScatterND(b.Full(new TensorType(g.DType, front), 0), Column(b, indices), b.Transpose(g, perm), "add");
        return b.MoveAxis(sum, 0, axis);
    }

    private static Node Column(GraphBuilder b, Node indices) => b.Reshape(indices, Shape.Of([.. indices.Shape.Dims, 1]));

    private static Node BatchGather(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        int axis = node.Integer("axis");
        if (!batched[1])
        {
            return b.Gather(inputs[0], inputs[1], axis + 1);
        }

        if (!batched[0])
        {
            return b.MoveAxis(b.Gather(inputs[0], inputs[1], axis), axis, 0);
        }

        // Both are batched: each point's rows by that point's positions, then the positions' axes replace the gathered one.
        Node rows = b.GatherND(b.MoveAxis(inputs[0], axis + 1, 1), Column(b, inputs[1]), 1);
        int rank = inputs[1].Shape.Rank - 1;
        int[] perm =
        [
            0, .. Enumerable.Range(1 + rank, axis), .. Enumerable.Range(1, rank),
            .. Enumerable.Range(1 + rank + axis, rows.Shape.Rank - 1 - rank - axis),
        ];
        return b.Transpose(rows, perm);
    }

    private static Node BatchScatterElements(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) => b.Make(
        node.Op,
        new TensorType(node.DType, Prepend(size, node.Shape)),
        [.. inputs.Select((x, i) => Materialize(b, x, batched[i], size))],
        ShiftedAxis(node));

    private static Node BatchScatterND(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        Node[] all = [.. inputs.Select((x, i) => Materialize(b, x, batched[i], size))];
        return b.ScatterND(all[0], WithCoordinates(b, all[1], 1), all[2], node.Text("reduction"));
    }
}
