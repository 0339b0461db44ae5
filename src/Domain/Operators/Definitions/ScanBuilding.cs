using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// Inclusive scans by doubling: each step doubles the number of elements that an element combines, so that a scan of n elements takes log₂ n steps,
/// all of whose elements are independent. Source: Hillis and Steele, Data parallel algorithms, 1986.
/// </summary>
internal static class ScanBuilding
{
    /// <summary>Combines all elements of an axis up to each, or from each on.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="x">The elements.</param>
    /// <param name="axis">The axis, counted from the front.</param>
    /// <param name="reverse">Whether to go from the last element to the first.</param>
    /// <param name="join">Combines earlier with later elements of the scan; associative.</param>
    public static Node Scan(GraphBuilder b, Node x, int axis, bool reverse, Func<Node, Node, Node> join)
    {
        int extent = x.Shape[axis];
        for (int distance = 1; distance < extent; distance = Doubled(distance))
        {
            (Node low, Node high) = Apart(b, x, axis, distance);
            x = Completed(b, x, axis, distance, reverse, reverse ? join(high, low) : join(low, high));
        }

        return x;
    }

    /// <summary>The position along the axis, for each element, of the one among those up to it, or from it on, that a comparison keeps.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="x">The elements.</param>
    /// <param name="axis">The axis, counted from the front.</param>
    /// <param name="reverse">Whether to go from the last element to the first.</param>
    /// <param name="keepsLater">Whether the later element is kept, given the earlier and the later one.</param>
    public static Node Places(GraphBuilder b, Node x, int axis, bool reverse, Func<Node, Node, Node> keepsLater)
    {
        int extent = x.Shape[axis];
        int[] along = LayoutBuilding.Ones(x.Shape.Rank);
        along[axis] = extent;
        Node places = b.Expand(b.Reshape(b.Iota(extent), Shape.Of(along)), x.Shape);
        for (int distance = 1; distance < extent; distance = Doubled(distance))
        {
            (Node low, Node high) = Apart(b, x, axis, distance);
            (Node lowPlace, Node highPlace) = Apart(b, places, axis, distance);
            Node keeps = reverse ? keepsLater(high, low) : keepsLater(low, high);
            x = Completed(b, x, axis, distance, reverse, reverse ? b.Where(keeps, low, high) : b.Where(keeps, high, low));
            places = Completed(b, places, axis, distance, reverse, reverse ? b.Where(keeps, lowPlace, highPlace)
                : b.Where(keeps, highPlace, lowPlace));
        }

        return places;
    }

    /// <summary>A scan without each element's own: shifted by one, with the identity at the beginning.</summary>
    public static Node Exclusive(GraphBuilder b, Node scan, int axis, bool reverse, double nothing)
    {
        if (scan.Shape[axis] == 0)
        {
            return scan;
        }

        (int[] begins, int[] ends) = (new int[scan.Shape.Rank], new int[scan.Shape.Rank]);
        (reverse ? ends : begins)[axis] = 1;
        return b.Pad(b.SliceAxis(scan, axis, reverse ? 1 : 0, scan.Shape[axis] - 1), begins, ends, b.Scalar(nothing, scan.DType));
    }

    private static int Doubled(int distance) => distance > int.MaxValue / 2 ? int.MaxValue : 2 * distance;

    private static (Node Low, Node High) Apart(GraphBuilder b, Node x, int axis, int distance)
    {
        int count = x.Shape[axis] - distance;
        return (b.SliceAxis(x, axis, 0, count), b.SliceAxis(x, axis, distance, count));
    }

    // Elements that have already combined everything stay unchanged.
    private static Node Completed(GraphBuilder b, Node x, int axis, int distance, bool reverse, Node joined) => reverse
        ? b.Concat([joined, b.SliceAxis(x, axis, x.Shape[axis] - distance, distance)], axis)
        : b.Concat([b.SliceAxis(x, axis, 0, distance), joined], axis);
}
