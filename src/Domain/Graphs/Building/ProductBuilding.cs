using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Matrix products.</summary>
public static class ProductBuilding
{
    /// <summary>
    /// The product of the last two axes, all others broadcasting; a vector is a row on the left and a column on the right (NumPy's matmul).
    /// </summary>
    public static Node MatMul(this GraphBuilder b, Node x, Node y)
    {
        if (x.Shape.Rank == 0 || y.Shape.Rank == 0)
        {
            throw new InvalidOperandException($"shapes {x.Shape} and {y.Shape}: a scalar has no matrix product");
        }

        Node left = x.Shape.Rank == 1 ? b.Reshape(x, Shape.Of(1, x.Shape[0])) : x;
        Node right = y.Shape.Rank == 1 ? b.Reshape(y, Shape.Of(y.Shape[0], 1)) : y;
        Node product = b.Product(left, right, x, y);
        if (x.Shape.Rank > 1 && y.Shape.Rank > 1)
        {
            return product;
        }

        var dims = product.Shape.Dims.ToArray().ToList();
        if (y.Shape.Rank == 1)
        {
            dims.RemoveAt(dims.Count - 1);
        }

        if (x.Shape.Rank == 1)
        {
            dims.RemoveAt(y.Shape.Rank == 1 ? dims.Count - 1 : dims.Count - 2);
        }

        return b.Reshape(product, Shape.Of([.. dims]));
    }

    private static Node Product(this GraphBuilder b, Node left, Node right, Node x, Node y)
    {
        if (left.DType != right.DType)
        {
            throw new InvalidOperandException($"operands are {x.DType.Label()} and {y.DType.Label()}; use Cast, nothing is converted silently");
        }

        Shape? lead = Shape.Broadcast(Shape.Of(left.Shape.Dims[..^2]), Shape.Of(right.Shape.Dims[..^2]));
        if (lead is null || left.Shape[^1] != right.Shape[^2])
        {
            throw new InvalidOperandException($"shapes {x.Shape} and {y.Shape} do not fit: the last axis of the first must be as long as the " +
                $"second to last of the second");
        }

        var shape = Shape.Of([.. lead.Dims, left.Shape[^2], right.Shape[^1]]);
        return b.Make(LinearAlgebra.MatMulOp, new TensorType(left.DType, shape), [left, right]);
    }
}
