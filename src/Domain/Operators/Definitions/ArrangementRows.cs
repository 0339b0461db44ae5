using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Elements and axes in another order, as in NumPy. All are linear, and compute nothing.</summary>
internal static class ArrangementRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Flip", "x:A", "axes:ints", "1, in the original positions", "0", c => Flip(c.B, c.X, Axes(c, "axes") ?? ReductionBuilding.AllAxes(c.X))),
        Row("Roll", "x:A", "shifts:ints! axes:ints", "1, in the original positions", "0", Roll),
        Row("Rot90", "x:A", "k:int=1 axes:ints", "1, in the original positions", "0", Rot90),
        Row("MoveAxis", "x:A", "source:ints! destination:ints!", "1, in the original positions", "0", MoveAxis),
        Row("SwapAxes", "x:A", "axis1:int! axis2:int!", "1, in the original positions", "0", SwapAxes),
        Row("Stack", "x:A*", "axis:int=0", "1, each part of g", "0", Stack),
        Row("Repeat", "x:A", "repeats:int! axis:int", "the sum over the repetitions", "0", Repeat),
        Row("BlockDiag", "x:N*", "", "1, each block of g", "0", BlockDiag),
        Row("TensorInverse", "x:F", "ind:int=2", "that of the inverse of the matrix", "for n rows of the matrix n(n-1)/2 + n(n-1)(2n-1)/3 + 2n³ + n²",
            TensorInverse),
    ];

    private static int[]? Axes(OperatorCall c, string name)
    {
        if (c.Ints(name) is not { } given)
        {
            return null;
        }

        int[] axes = [.. given.Select(axis => ReductionBuilding.Axis(axis, c.X.Shape.Rank))];
        ReductionBuilding.Normalize(axes, c.X.Shape.Rank);
        return axes;
    }

    private static Node Flip(GraphBuilder b, Node x, int[] axes)
    {
        int[] starts = new int[x.Shape.Rank], steps = LayoutBuilding.Ones(x.Shape.Rank);
        foreach (int axis in axes)
        {
            (starts[axis], steps[axis]) = (Math.Max(x.Shape[axis] - 1, 0), -1);
        }

        return x.Type.Count == 0 ? x : b.Slice(x, starts, steps, x.Shape);
    }

    // Without axes all elements move along one, as in NumPy.
    private static Node Roll(OperatorCall c)
    {
        long[] shifts = c.RequiredInts("shifts");
        bool isFlat = c.Ints("axes") is null;
        Node x = isFlat ? c.B.Reshape(c.X, Extents.ToShape([c.X.Type.Count])) : c.X;
        int[] axes = isFlat ? [0] : Axes(c, "axes")!;
        if (shifts.Length != axes.Length)
        {
            throw new InvalidOperandException($"shifts has {shifts.Length} elements for {axes.Length} axes");
        }

        foreach ((int i, int axis) in axes.Index())
        {
            int extent = x.Shape[axis], moved = extent == 0 ? 0 : (int)(((shifts[i] % extent) + extent) % extent);
            if (moved > 0)
            {
                x = c.B.Concat([c.B.SliceAxis(x, axis, extent - moved, moved), c.B.SliceAxis(x, axis, 0, extent - moved)], axis);
            }
        }

        return c.B.Reshape(x, c.X.Shape);
    }

    // From the first axis towards the second.
    private static Node Rot90(OperatorCall c)
    {
        int[] plane = Axes(c, "axes") ?? (c.X.Shape.Rank < 2 ? [] : [0, 1]);
        if (plane.Length != 2)
        {
            throw new InvalidOperandException($"a value of shape {c.X.Shape} and {plane.Length} axes: two axes are expected");
        }

        int quarters = ((c.Int("k") % 4) + 4) % 4;
        return quarters switch
        {
            0 => c.X,
            1 => Swapped(c.B, Flip(c.B, c.X, [plane[1]]), plane[0], plane[1]),
            2 => Flip(c.B, c.X, plane),
            _ => Flip(c.B, Swapped(c.B, c.X, plane[0], plane[1]), [plane[1]]),
        };
    }

    private static Node MoveAxis(OperatorCall c)
    {
        int[] from = Axes(c, "source")!, to = Axes(c, "destination")!;
        if (from.Length != to.Length)
        {
            throw new InvalidOperandException($"source has {from.Length} elements, destination {to.Length}");
        }

        int[] order = new int[c.X.Shape.Rank], others = [.. ReductionBuilding.AllAxes(c.X).Except(from)];
        for (int place = 0, next = 0; place < order.Length; place++)
        {
            int named = Array.IndexOf(to, place);
            order[place] = named >= 0 ? from[named] : others[next++];
        }

        return c.B.Transpose(c.X, order);
    }

    private static Node SwapAxes(OperatorCall c) =>
        Swapped(c.B, c.X, ReductionBuilding.Axis(c.Int("axis1"), c.X.Shape.Rank), ReductionBuilding.Axis(c.Int("axis2"), c.X.Shape.Rank));

    private static Node Swapped(GraphBuilder b, Node x, int one, int other)
    {
        int[] order = ReductionBuilding.AllAxes(x);
        (order[one], order[other]) = (order[other], order[one]);
        return b.Transpose(x, order);
    }

    private static Node Stack(OperatorCall c)
    {
        Node[] parts = c.Inputs;
        int axis = ReductionBuilding.Axis(c.Int("axis"), parts[0].Shape.Rank + 1);
        if (parts.FirstOrDefault(part => !part.Shape.Equals(parts[0].Shape)) is { } other)
        {
            throw new InvalidOperandException($"{parts[0].Shape} and {other.Shape}: values of one shape are expected");
        }

        return c.B.Concat([.. parts.Select(part => c.B.Reshape(part, Shape.Of([.. part.Shape.Dims[..axis], 1, .. part.Shape.Dims[axis..]])))], axis);
    }

    // Each element repeated, its copies adjacent.
    private static Node Repeat(OperatorCall c)
    {
        GraphBuilder b = c.B;
        bool isFlat = c.OptionalInt("axis") is null;
        Node x = isFlat ? b.Reshape(c.X, Extents.ToShape([c.X.Type.Count])) : c.X;
        int axis = isFlat ? 0 : ReductionBuilding.Axis(c.Int("axis"), x.Shape.Rank), times = c.Int("repeats");
        if (times < 0)
        {
            throw new InvalidOperandException($"repeats is {times}");
        }

        Node spread = b.Reshape(x, Shape.Of([.. x.Shape.Dims[..(axis + 1)], 1, .. x.Shape.Dims[(axis + 1)..]]));
        Node repeated = b.Expand(spread, Shape.Of([.. x.Shape.Dims[..(axis + 1)], times, .. x.Shape.Dims[(axis + 1)..]]));
        return b.Reshape(repeated, Extents.ToShape(x.Shape.Dims.ToArray().Select((extent, i) => i == axis ? (long)extent * times : extent)));
    }

    // A vector is a row.
    private static Node BlockDiag(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Node[] blocks = [.. c.Inputs.Select(x => x.Shape.Rank == 2 ? x
            : x.Shape.Rank < 2 ? b.Reshape(x, Extents.ToShape([1, x.Type.Count]))
            : throw new InvalidOperandException($"a block of shape {x.Shape}: matrices are expected"))];
        int columns = OperatorCall.ToInt("the number of columns", blocks.Sum(block => (long)block.Shape[1])), before = 0;
        var rows = new Node[blocks.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int width = blocks[i].Shape[1];
            rows[i] = b.Pad(blocks[i], [0, before], [0, columns - before - width]);
            before += width;
        }

        return b.Concat(rows, 0);
    }

    private static Node TensorInverse(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        int ind = c.Int("ind");
        if (ind <= 0 || ind > shape.Rank || shape.CountOf(0, ind) != shape.CountOf(ind, shape.Rank))
        {
            throw new InvalidOperandException($"a value of shape {shape} and ind {ind}: as many elements before as from axis ind on are expected");
        }

        int n = OperatorCall.ToInt("the number of rows", shape.CountOf(0, ind));
        Node matrix = c.B.Reshape(c.X, Shape.Of(n, n));
        return c.B.Reshape(c.B.Solve(matrix, c.B.Identity(matrix)), Shape.Of([.. shape.Dims[ind..], .. shape.Dims[..ind]]));
    }
}
