using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Graphs.Building.ElementwiseBuilding;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Reductions and scans along axes. Axes may be negative and must be distinct.</summary>
public static class ReductionBuilding
{
    /// <summary>The sum over axes.</summary>
    public static Node ReduceSum(this GraphBuilder b, Node x, int[] axes, bool keepdims) => b.Reduce(Reductions.ReduceSumOp, x, axes, keepdims);

    /// <summary>The sum over all elements, of rank 0.</summary>
    public static Node Total(this GraphBuilder b, Node x) => b.ReduceSum(x, AllAxes(x), false);

    /// <summary>The mean over axes.</summary>
    public static Node ReduceMean(this GraphBuilder b, Node x, int[] axes, bool keepdims)
    {
        Node sum = b.ReduceSum(x, axes, keepdims);
        return b.Div(sum, b.Scalar(Extent(x, axes), x.DType));
    }

    /// <summary>√(Σ x² + ε) over axes.</summary>
    public static Node Norm(this GraphBuilder b, Node x, int[] axes, bool keepdims, double epsilon = 0)
    {
        int[] normal = Normalize(axes, x.Shape.Rank);
        return b.Make(Norms.ReduceL2Op, new TensorType(x.DType, Reduced(x.Shape, normal, keepdims)), [x], new Dictionary<string, AttributeValue>
        {
            ["axes"] = normal,
            ["keepdims"] = keepdims ? 1L : 0L,
            ["epsilon"] = epsilon,
        });
    }

    /// <summary>The number of elements that a reduction combines.</summary>
    public static long Extent(Node x, int[] axes) => axes.Aggregate(1L, (n, axis) => n * x.Shape[Axis(axis, x.Shape.Rank)]);

    /// <summary>A reduction that keeps the element type.</summary>
    public static Node Reduce(this GraphBuilder b, Primitive op, Node x, int[] axes, bool keepdims)
    {
        int[] normal = Normalize(axes, x.Shape.Rank);
        return b.Make(op, new TensorType(x.DType, Reduced(x.Shape, normal, keepdims)), [x], new Dictionary<string, AttributeValue>
        {
            ["axes"] = normal,
            ["keepdims"] = keepdims ? 1L : 0L,
        });
    }

    /// <summary>The positions of the largest or smallest elements along an axis.</summary>
    public static Node ArgReduce(this GraphBuilder b, Primitive op, Node x, int axis, bool keepdims, bool selectLast)
    {
        axis = Axis(axis, x.Shape.Rank);
        if (x.Shape[axis] == 0)
        {
            throw new InvalidOperandException($"axis {axis} of {x.Shape} has no element to select");
        }

        return b.Make(op, new TensorType(DType.Int64, Reduced(x.Shape, [axis], keepdims)), [x], new Dictionary<string, AttributeValue>
        {
            ["axis"] = (long)axis,
            ["keepdims"] = keepdims ? 1L : 0L,
            ["select_last_index"] = selectLast ? 1L : 0L,
        });
    }

    /// <summary>The positions of the k largest (or smallest) elements along an axis, best first, equal ones by position.</summary>
    public static Node ArgTopK(this GraphBuilder b, Node x, int k, int axis, bool largest)
    {
        axis = Axis(axis, x.Shape.Rank);
        if (k < 0 || k > x.Shape[axis])
        {
            throw new InvalidOperandException($"k is {k}, axis {axis} of {x.Shape} has {x.Shape[axis]} elements", 1);
        }

        int[] dims = x.Shape.Dims.ToArray();
        dims[axis] = k;
        return b.Make(Reductions.ArgTopKOp, new TensorType(DType.Int64, Shape.Of(dims)), [x], new Dictionary<string, AttributeValue>
        {
            ["axis"] = (long)axis,
            ["k"] = (long)k,
            ["largest"] = largest ? 1L : 0L,
        });
    }

    /// <summary>
    /// Sums of all elements up to each (or from each, <paramref name="reverse"/>), without the element itself if <paramref name="exclusive"/>.
    /// </summary>
    public static Node CumSum(this GraphBuilder b, Node x, int axis, bool exclusive, bool reverse) =>
        b.Make(Reductions.CumSumOp, x.Type, [x], new Dictionary<string, AttributeValue>
        {
            ["axis"] = (long)Axis(axis, x.Shape.Rank),
            ["exclusive"] = exclusive ? 1L : 0L,
            ["reverse"] = reverse ? 1L : 0L,
        });

    /// <summary>Softmax or its logarithm along an axis.</summary>
    public static Node Normalized(this GraphBuilder b, Primitive op, Node x, int axis) =>
        b.Make(op, x.Type, [x], Attribute("axis", (long)Axis(axis, x.Shape.Rank)));

    /// <summary>Every axis of x.</summary>
    public static int[] AllAxes(Node x) => [.. Enumerable.Range(0, x.Shape.Rank)];

    /// <summary>An axis counted from the front.</summary>
    /// <exception cref="InvalidOperandException">It is out of range.</exception>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new InvalidOperandException($"axis {axis} is out of range for rank {rank}");

    /// <summary>Distinct axes counted from the front, in ascending order.</summary>
    public static int[] Normalize(IEnumerable<int> axes, int rank)
    {
        int[] normal = [.. axes.Select(axis => Axis(axis, rank)).Order()];
        for (int i = 1; i < normal.Length; i++)
        {
            if (normal[i] == normal[i - 1])
            {
                throw new InvalidOperandException($"axis {normal[i]} is named twice");
            }
        }

        return normal;
    }

    /// <summary>The shape after a reduction over normalized axes.</summary>
    public static Shape Reduced(Shape shape, int[] axes, bool keepdims)
    {
        var dims = new List<int>();
        for (int i = 0; i < shape.Rank; i++)
        {
            if (!axes.Contains(i))
            {
                dims.Add(shape[i]);
            }
            else if (keepdims)
            {
                dims.Add(1);
            }
        }

        return Shape.Of([.. dims]);
    }
}
