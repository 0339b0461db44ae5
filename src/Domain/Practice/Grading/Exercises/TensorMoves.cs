using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>What a tensor would be in another shape.</summary>
internal static class TensorMoves
{
    /// <summary>The last two axes swapped; null if there are fewer.</summary>
    public static Tensor? Transposed(Tensor tensor)
    {
        int rank = tensor.Shape.Rank;
        if (rank < 2)
        {
            return null;
        }

        (int rows, int columns) = (tensor.Shape[rank - 2], tensor.Shape[rank - 1]);
        int area = rows * columns;
        double[] moved = new double[tensor.Count];
        for (int i = 0; i < moved.Length; i++)
        {
            (int matrix, int place) = (i / area, i % area);
            moved[(matrix * area) + (place % columns * rows) + (place / columns)] = tensor[i];
        }

        return Tensor.Of(moved, Shape.Of([.. tensor.Shape.Dims[..^2], columns, rows]));
    }

    /// <summary>The sum over the axes along which the shape would be broadcast; null if it would not be.</summary>
    public static Tensor? SummedTo(Tensor tensor, Shape shape)
    {
        if (tensor.Shape.Equals(shape) || Shape.Broadcast(tensor.Shape, shape) is not { } both || !both.Equals(tensor.Shape))
        {
            return null;
        }

        double[] sums = new double[shape.Count];
        for (int i = 0; i < tensor.Count; i++)
        {
            sums[Position(tensor.Shape.IndexOf(i), shape)] += tensor[i];
        }

        return Tensor.Of(sums, shape);
    }

    /// <summary>The tensor broadcast to a shape; null if it cannot be.</summary>
    public static Tensor? BroadcastTo(Tensor tensor, Shape shape)
    {
        if (Shape.Broadcast(tensor.Shape, shape) is not { } both || !both.Equals(shape))
        {
            return null;
        }

        return Tensor.Of([.. Enumerable.Range(0, (int)shape.Count).Select(i => tensor[Position(shape.IndexOf(i), tensor.Shape)])], shape);
    }

    /// <summary>The axes along which a shape would be broadcast to another one, in words: <c>axis 0</c>, <c>axes 0 and 2</c>.</summary>
    public static string SummedAxes(Shape from, Shape to)
    {
        int more = from.Rank - to.Rank;
        int[] axes = [.. Enumerable.Range(0, from.Rank).Where(axis => axis < more || (to[axis - more] == 1 && from[axis] != 1))];
        return axes.Length == 1 ? $"axis {axes[0]}" : $"axes {string.Join(", ", axes.SkipLast(1))} and {axes[^1]}";
    }

    // Where the element at an index lies in a tensor that is broadcast.
    private static int Position(int[] index, Shape shape)
    {
        int position = 0;
        int more = index.Length - shape.Rank;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            position = (position * shape[axis]) + (shape[axis] == 1 ? 0 : index[axis + more]);
        }

        return position;
    }
}
