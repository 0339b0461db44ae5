using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation;

/// <summary>Where the elements of a value are in the memory of another: the first element, and a stride per axis.</summary>
/// <param name="Offset">The first element.</param>
/// <param name="Steps">For every axis the distance in elements from one position to the next, 0 if it is broadcast; none is negative.</param>
internal sealed record Strides(int Offset, int[] Steps)
{
    /// <summary>Row-major.</summary>
    public static Strides Of(Shape shape) => new(0, Array.ConvertAll(shape.Strides(), stride => (int)stride));

    /// <summary>How a node that moves elements views its operand, or null if strides cannot express it.</summary>
    public Strides? Through(Node node) => node.Op.Name switch
    {
        "Identity" or "StopGradient" => this,
        "Transpose" => this with { Steps = Array.ConvertAll(node.Integers("perm"), axis => Steps[axis]) },
        "Expand" => Expanded(node.Inputs[0].Shape, node.Shape),
        "Unfold" => Unfolded(node.Integer("axis"), node.Integer("stride"), node.Integer("dilation")),
        "Slice" => Sliced(node.Integers("starts"), node.Integers("steps")),
        "Reshape" => Reshaped(node.Inputs[0].Shape, node.Shape),
        _ => null,
    };

    private Strides Unfolded(int axis, int stride, int dilation) =>
        this with { Steps = [.. Steps[..axis], Steps[axis] * stride, Steps[axis] * dilation, .. Steps[(axis + 1)..]] };

    private Strides Expanded(Shape from, Shape to)
    {
        var steps = new int[to.Rank];
        for (int axis = 0; axis < from.Rank; axis++)
        {
            steps[to.Rank - from.Rank + axis] = from[axis] == 1 ? 0 : Steps[axis];
        }

        return this with { Steps = steps };
    }

    private Strides? Sliced(int[] starts, int[] by)
    {
        int offset = Offset;
        var steps = new int[Steps.Length];
        for (int axis = 0; axis < steps.Length; axis++)
        {
            if (by[axis] < 0)
            {
                return null;
            }

            offset += starts[axis] * Steps[axis];
            steps[axis] = by[axis] * Steps[axis];
        }

        return new Strides(offset, steps);
    }

    // Adjacent axes without a gap between them count as one; each new axis must be part of one of these.
    private Strides? Reshaped(Shape from, Shape to)
    {
        Stack<(int Extent, int Step)> joined = Joined(from);
        var steps = new int[to.Rank];
        (int left, int step) = (1, 0);
        for (int axis = to.Rank - 1; axis >= 0; axis--)
        {
            if (to[axis] == 1)
            {
                continue;
            }

            (left, step) = left == 1 ? joined.Pop() : (left, step);
            if (left % to[axis] != 0)
            {
                return null;
            }

            steps[axis] = step;
            (left, step) = (left / to[axis], step * to[axis]);
        }

        return this with { Steps = steps };
    }

    private Stack<(int Extent, int Step)> Joined(Shape shape)
    {
        var joined = new Stack<(int Extent, int Step)>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            int extent = shape[axis];
            if (joined.TryPeek(out (int Extent, int Step) outer) && outer.Step == Steps[axis] * extent)
            {
                extent *= joined.Pop().Extent;
            }

            joined.Push((extent, Steps[axis]));
        }

        return joined;
    }
}
