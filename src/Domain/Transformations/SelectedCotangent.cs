using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>
/// A cotangent that is zero where an element was not selected, by Where, Max, Clip or a ReLU. Linear operations are applied to the selected
/// cotangent, and the selection afterwards: in the other order, zero times the infinite derivative of a branch that was not taken would be NaN (the
/// "double where" problem: JAX FAQ, "Gradients contain NaN where using where"). Reverse mode thus gives the same as forward mode.
/// </summary>
/// <param name="Condition">The condition of the selection; broadcasts to the cotangent.</param>
/// <param name="IsSelected">Whether true means selected.</param>
/// <param name="Value">The cotangent there.</param>
internal readonly record struct SelectedCotangent(Node Condition, bool IsSelected, Node Value)
{
    /// <summary>The cotangent as a selection between a value and zero; null if it is not one.</summary>
    public static SelectedCotangent? Of(Node cotangent)
    {
        if (cotangent.Op != Elementwise.WhereOp)
        {
            return null;
        }

        if (IsZero(cotangent.Inputs[2]))
        {
            return new SelectedCotangent(cotangent.Inputs[0], true, cotangent.Inputs[1]);
        }

        return IsZero(cotangent.Inputs[1]) ? new SelectedCotangent(cotangent.Inputs[0], false, cotangent.Inputs[2]) : null;
    }

    /// <summary>Propagates a cotangent through an operation that is linear in it, element by element.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="pullback">The operation's contribution to each operand for a cotangent; null is zero.</param>
    public static Func<int, Node?> Through(GraphBuilder b, Node cotangent, Func<Node, Func<int, Node?>> pullback)
    {
        if (Of(cotangent) is not { } selected)
        {
            return pullback(cotangent);
        }

        Func<int, Node?> values = pullback(selected.Value);
        return operand => values(operand) is { } value ? selected.Choose(b, value) : null;
    }

    /// <summary>Propagates a cotangent through an operation whose transpose moves or repeats elements: the selection is moved along.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="node">The node whose cotangent it is.</param>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="pullback">The transpose, of floats and of truth values.</param>
    public static Func<int, Node?> ThroughMoves(GraphBuilder b, Node node, Node cotangent, Func<Node, Func<int, Node?>> pullback)
    {
        if (Of(cotangent) is not { } selected)
        {
            return pullback(cotangent);
        }

        (Func<int, Node?> values, Func<int, Node?> conditions) = (pullback(b.Expand(selected.Value, node.Shape)),
            pullback(b.Expand(selected.Condition, node.Shape)));
        return operand => values(operand) is { } value ? new SelectedCotangent(conditions(operand)!, selected.IsSelected, value)
            .Choose(b, value) : null;
    }

    /// <summary>
    /// Propagates a cotangent through an operation whose transpose sums elements: if no element of a sum was selected, or none was read, neither is
    /// the sum.
    /// </summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="node">The node whose cotangent it is.</param>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="pullback">The transpose.</param>
    /// <param name="isUnbounded">Whether a zero could be multiplied by an infinite derivative further back; otherwise sums stay unchanged.</param>
    public static Func<int,
        Node?> ThroughSums(GraphBuilder b, Node node, Node cotangent, Func<Node, Func<int, Node?>> pullback, Func<Node, bool> isUnbounded)
    {
        Func<int, Node?> sums = pullback(cotangent);
        Func<int, Node?>? counts = null;
        return operand =>
        {
            if (sums(operand) is not { } sum)
            {
                return null;
            }

            if (!isUnbounded(node.Inputs[operand]))
            {
                return sum;
            }

            counts ??= pullback(Of(cotangent) is { } selected
                ? b.Expand(b.Cast(selected.Selection(b), cotangent.DType), node.Shape)
                : b.Full(node.Type, 1));
            Node zero = b.Scalar(0, sum.DType);
            return b.Where(b.Greater(counts(operand)!, zero), sum, zero);
        };
    }

    /// <summary>Propagates a cotangent through a reduction: if its result was not selected, none of its elements is.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="node">The reduction.</param>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="pullback">What is linear in it.</param>
    public static Func<int, Node?> ThroughReduction(GraphBuilder b, Node node, Node cotangent, Func<Node, Func<int, Node?>> pullback)
    {
        if (Of(cotangent) is not { } selected)
        {
            return pullback(cotangent);
        }

        Func<int, Node?> values = pullback(b.Expand(selected.Value, node.Shape));
        return operand =>
        {
            if (values(operand) is not { } value)
            {
                return null;
            }

            Node condition = b.Expand(Reductions.Kept(b, node, b.Expand(selected.Condition, node.Shape)), node.Inputs[0].Shape);
            return new SelectedCotangent(condition, selected.IsSelected, value).Choose(b, value);
        };
    }

    /// <summary>Undoes broadcasting: if no element of a sum was selected, neither is the sum.</summary>
    public static Node SumTo(GraphBuilder b, Node cotangent, Shape shape)
    {
        Node sum = b.SumTo(cotangent, shape);
        if (cotangent.Shape.Count == shape.Count || Of(cotangent) is not { } selected)
        {
            return sum;
        }

        Node count = b.SumTo(b.Expand(b.Cast(selected.Selection(b), cotangent.DType), cotangent.Shape), shape);
        Node zero = b.Scalar(0, cotangent.DType);
        return b.Where(b.Greater(count, zero), sum, zero);
    }

    /// <summary>The sum of two contributions to a value: selected where either is.</summary>
    public static Node Sum(GraphBuilder b, Node value, Node first, Node second)
    {
        if (Of(first) is not { } one || Of(second) is not { } other)
        {
            return b.Add(first, second);
        }

        if (one.Condition == other.Condition && one.IsSelected == other.IsSelected)
        {
            return one.Choose(b, b.Add(one.Value, other.Value));
        }

        if (one.Condition == other.Condition)
        {
            return one.IsSelected ? b.Where(one.Condition, one.Value, other.Value) : b.Where(one.Condition, other.Value, one.Value);
        }

        return value.IsLeaf() ? b.Add(first, second)
            : b.Where(b.Or(one.Selection(b), other.Selection(b)), b.Add(first, second), b.Scalar(0, value.DType));
    }

    // A selection within a selection is merged into one, so that there is never more than one to propagate.
    private Node Choose(GraphBuilder b, Node value)
    {
        Node zero = b.Scalar(0, value.DType);
        if (Of(value) is { } inner)
        {
            return b.Where(b.And(Selection(b), inner.Selection(b)), inner.Value, zero);
        }

        return IsSelected ? b.Where(Condition, value, zero) : b.Where(Condition, zero, value);
    }

    private Node Selection(GraphBuilder b) => IsSelected ? Condition : b.Not(Condition);

    private static bool IsZero(Node node) => node.Value is { Shape.Rank: 0 } value && value[0] == 0;
}
