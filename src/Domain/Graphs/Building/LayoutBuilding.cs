using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Graphs.Building.ElementwiseBuilding;
using static Backprop.Domain.Graphs.Building.ReductionBuilding;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Operations that move elements. Those that would change nothing return their operand.</summary>
public static class LayoutBuilding
{
    /// <summary>The same elements with another shape of the same count.</summary>
    public static Node Reshape(this GraphBuilder b, Node x, Shape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        return x.Shape.Count == shape.Count
            ? b.Make(Layout.ReshapeOp, new TensorType(x.DType, shape), [x])
            : throw new InvalidOperandException($"{x.Shape} has {x.Shape.Count} elements and cannot be reshaped to {shape}");
    }

    /// <summary>Repeats axes of extent 1, and prepends new ones, until the shape is reached.</summary>
    public static Node Expand(this GraphBuilder b, Node x, Shape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        return shape.Equals(Shape.Broadcast(x.Shape, shape))
            ? b.Make(Layout.ExpandOp, new TensorType(x.DType, shape), [x])
            : throw new InvalidOperandException($"{x.Shape} does not expand to {shape}");
    }

    /// <summary>Undoes broadcasting: sums over the axes along which a value of <paramref name="shape"/> was repeated.</summary>
    public static Node SumTo(this GraphBuilder b, Node x, Shape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        int lead = x.Shape.Rank - shape.Rank;
        var axes = new List<int>(Enumerable.Range(0, lead));
        for (int i = 0; i < shape.Rank; i++)
        {
            if (shape[i] == 1 && x.Shape[lead + i] != 1)
            {
                axes.Add(lead + i);
            }
        }

        Node sum = axes.Count == 0 ? x : b.ReduceSum(x, [.. axes], false);
        return b.Reshape(sum, shape);
    }

    /// <summary>Axes in another order.</summary>
    public static Node Transpose(this GraphBuilder b, Node x, params int[] perm)
    {
        int[] normal = [.. perm.Select(axis => Axis(axis, x.Shape.Rank))];
        if (normal.Length != x.Shape.Rank || normal.Distinct().Count() != normal.Length)
        {
            throw new InvalidOperandException($"perm [{string.Join(',', perm)}] is not a permutation of the axes of {x.Shape}");
        }

        if (normal.SequenceEqual(AllAxes(x)))
        {
            return x;
        }

        int[] dims = [.. normal.Select(axis => x.Shape[axis])];
        return b.Make(Layout.TransposeOp, new TensorType(x.DType, Shape.Of(dims)), [x], Attribute("perm", normal));
    }

    /// <summary>Moves one axis to another position.</summary>
    public static Node MoveAxis(this GraphBuilder b, Node x, int from, int to)
    {
        List<int> perm = [.. AllAxes(x)];
        perm.RemoveAt(from);
        perm.Insert(to, from);
        return b.Transpose(x, [.. perm]);
    }

    /// <summary>The last two axes exchanged.</summary>
    public static Node SwapLast(this GraphBuilder b, Node x)
    {
        int[] perm = AllAxes(x);
        (perm[^1], perm[^2]) = (perm[^2], perm[^1]);
        return b.Transpose(x, perm);
    }

    /// <summary>Concatenates values along an axis.</summary>
    public static Node Concat(this GraphBuilder b, IReadOnlyList<Node> parts, int axis)
    {
        Node first = parts[0];
        axis = Axis(axis, first.Shape.Rank);
        int[] dims = first.Shape.Dims.ToArray();
        long extent = 0;
        foreach (Node part in parts)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            bool fits = part.DType == first.DType && part.Shape.Rank == first.Shape.Rank;
            for (int i = 0; fits && i < dims.Length; i++)
            {
                fits = i == axis || part.Shape[i] == first.Shape[i];
            }

            extent += fits ? part.Shape[axis] : throw new InvalidOperandException($"{first.Type} and {part.Type} cannot be joined along axis {axis}");
        }

        dims[axis] = extent <= int.MaxValue ? (int)extent : throw new InvalidOperandException($"the joined axis has {extent} elements");
        return parts.Count == 1 ? first
            : b.Make(Layout.ConcatOp, new TensorType(first.DType, Shape.Of(dims)), [.. parts], Attribute("axis", (long)axis));
    }

    /// <summary>
    /// Every <paramref name="steps"/>-th element from <paramref name="starts"/> on, <paramref name="extents"/> of them, for each axis.
    /// </summary>
    public static Node Slice(this GraphBuilder b, Node x, int[] starts, int[] steps, Shape extents)
    {
        if (extents.Equals(x.Shape) && steps.All(step => step == 1))
        {
            return x;
        }

        return b.Make(Layout.SliceOp, new TensorType(x.DType, extents), [x], new Dictionary<string,
            AttributeValue>
        { ["starts"] = starts, ["steps"] = steps });
    }

    /// <summary>Elements from <paramref name="start"/> up to <paramref name="start"/> + <paramref name="count"/> along one axis.</summary>
    public static Node SliceAxis(this GraphBuilder b, Node x, int axis, int start, int count)
    {
        var starts = new int[x.Shape.Rank];
        starts[axis] = start;
        int[] dims = x.Shape.Dims.ToArray();
        dims[axis] = count;
        return b.Slice(x, starts, Ones(x.Shape.Rank), Shape.Of(dims));
    }

    /// <summary>Pads x with <paramref name="value"/> (rank 0).</summary>
    public static Node Pad(this GraphBuilder b, Node x, int[] begins, int[] ends, Node value)
    {
        if (begins.Concat(ends).All(n => n == 0))
        {
            return x;
        }

        int[] dims = new int[x.Shape.Rank];
        for (int i = 0; i < dims.Length; i++)
        {
            long extent = (long)x.Shape[i] + begins[i] + ends[i];
            dims[i] = extent <= int.MaxValue ? (int)extent : throw new InvalidOperandException($"padding makes axis {i} {extent} long");
        }

        return b.Make(Layout.PadOp, new TensorType(x.DType, Shape.Of(dims)), [x, value], Attribute("pads", begins.Concat(ends).ToArray()));
    }

    /// <summary>Pads x with zeros.</summary>
    public static Node Pad(this GraphBuilder b, Node x, int[] begins, int[] ends) => b.Pad(x, begins, ends, b.Scalar(0, x.DType));

    internal static int[] Ones(int rank)
    {
        var ones = new int[rank];
        Array.Fill(ones, 1);
        return ones;
    }
}
