using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Graphs.Building.ElementwiseBuilding;
using static Backprop.Domain.Graphs.Building.ReductionBuilding;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Operations whose operands are positions, with ONNX's meaning. Negative positions count from the end.</summary>
public static class IndexBuilding
{
    /// <summary>Slices of data along an axis: data.shape[:axis] + indices.shape + data.shape[axis+1:].</summary>
    public static Node Gather(this GraphBuilder b, Node data, Node indices, int axis)
    {
        axis = Axis(axis, data.Shape.Rank);
        var shape = Shape.Of([.. data.Shape.Dims[..axis], .. indices.Shape.Dims, .. data.Shape.Dims[(axis + 1)..]]);
        return b.Make(Indexing.GatherOp, new TensorType(data.DType, shape), [data, indices], Attribute("axis", (long)axis));
    }

    /// <summary>One element for each position, taken along an axis; if the positions are class labels, none may be negative.</summary>
    public static Node GatherElements(this GraphBuilder b, Node data, Node indices, int axis, bool areLabels = false)
    {
        axis = Axis(axis, data.Shape.Rank);
        RequireWithin(data.Shape, indices.Shape, axis, 1);
        Dictionary<string, AttributeValue> attributes = Attribute("axis", (long)axis);
        if (areLabels)
        {
            attributes[Indexing.AreLabels] = 1L;
        }

        return b.Make(Indexing.GatherElementsOp, new TensorType(data.DType, indices.Shape), [data, indices], attributes);
    }

    /// <summary>Slices of data at multi-indices, which are along the last axis of indices.</summary>
    public static Node GatherND(this GraphBuilder b, Node data, Node indices, int batchDims)
    {
        int depth = RequireDepth(data, indices, batchDims);
        if (!data.Shape.Dims[..batchDims].SequenceEqual(indices.Shape.Dims[..batchDims]))
        {
            throw new InvalidOperandException($"the first {batchDims} axes of {data.Shape} and {indices.Shape} differ", 1);
        }

        var shape = Shape.Of([.. indices.Shape.Dims[..^1], .. data.Shape.Dims[(batchDims + depth)..]]);
        return b.Make(Indexing.GatherNDOp, new TensorType(data.DType, shape), [data, indices], Attribute("batch_dims", (long)batchDims));
    }

    /// <summary>Data with the elements at the positions replaced by updates, or combined with them.</summary>
    public static Node ScatterElements(this GraphBuilder b, Node data, Node indices, Node updates, int axis, string reduction)
    {
        axis = Axis(axis, data.Shape.Rank);
        RequireWithin(data.Shape, indices.Shape, axis, 1);
        if (!indices.Shape.Equals(updates.Shape) || data.DType != updates.DType)
        {
            throw new InvalidOperandException($"updates are {updates.Type}, expected {data.DType.Label()}{indices.Shape}, the indices' shape", 2);
        }

        return b.Make(Indexing.ScatterElementsOp, data.Type, [data, indices, updates], new Dictionary<string, AttributeValue>
        {
            ["axis"] = (long)axis,
            ["reduction"] = reduction,
        });
    }

    /// <summary>Data with the slices at multi-indices replaced by updates, or combined with them.</summary>
    public static Node ScatterND(this GraphBuilder b, Node data, Node indices, Node updates, string reduction)
    {
        int depth = RequireDepth(data, indices, 0);
        var expected = Shape.Of([.. indices.Shape.Dims[..^1], .. data.Shape.Dims[depth..]]);
        if (!updates.Shape.Equals(expected) || data.DType != updates.DType)
        {
            throw new InvalidOperandException($"updates are {updates.Type}, expected {data.DType.Label()}{expected}", 2);
        }

        return b.Make(Indexing.ScatterNDOp, data.Type, [data, indices, updates], Attribute("reduction", reduction));
    }

    private static void RequireWithin(Shape data, Shape indices, int axis, int operand)
    {
        bool fits = data.Rank == indices.Rank;
        for (int i = 0; fits && i < data.Rank; i++)
        {
            fits = i == axis || indices[i] <= data[i];
        }

        if (!fits)
        {
            throw new InvalidOperandException($"indices of shape {indices} do not lie within {data}", operand);
        }
    }

    private static int RequireDepth(Node data, Node indices, int batchDims)
    {
        if (indices.Shape.Rank == 0 || data.Shape.Rank == 0)
        {
            throw new InvalidOperandException($"data {data.Shape} and indices {indices.Shape} must have at least one axis", 1);
        }

        int depth = indices.Shape[^1];
        bool fits = batchDims >= 0 && batchDims < indices.Shape.Rank && batchDims + depth <= data.Shape.Rank && depth > 0;
        return fits ? depth
            : throw new InvalidOperandException($"indices of shape {indices.Shape} with batch_dims {batchDims} do not address {data.Shape}", 1);
    }
}
