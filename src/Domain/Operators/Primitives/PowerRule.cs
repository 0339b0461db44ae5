using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// The derivative of a power x^y. With respect to x: y·x^(y−1), zero where y is 0; with respect to y: x^y·ln x, zero where x is 0 and y is not
/// negative (PyTorch).
/// </summary>
internal static class PowerRule
{
    /// <summary>The partial derivative with respect to an operand; null if it is zero everywhere.</summary>
    /// <param name="b">Makes the nodes.</param>
    /// <param name="node">The power.</param>
    /// <param name="operand">0 for the base, 1 for the exponent.</param>
    public static Node? Partial(GraphBuilder b, Node node, int operand)
    {
        (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
        Node zero = b.Scalar(0, node.DType);
        if (operand == 1)
        {
            Node atZero = b.And(b.Equal(x, zero), b.GreaterOrEqual(y, zero));
            return b.Where(atZero, zero, b.Mul(node, b.Log(b.Where(atZero, b.Scalar(1, node.DType), x))));
        }

        return y.Value is { Shape.Rank: 0 } constant
            ? OfKnownExponent(b, x, constant[0])
            : b.Where(b.Equal(y, zero), zero, Slope(b, x, y));
    }

    // y·x^(y−1), where the rounding error of y − 1 (Knuth, "The Art of Computer Programming", volume 2, 4.2.2, theorem B) is multiplied by the
    // logarithm of x.
    private static Node Slope(GraphBuilder b, Node x, Node y)
    {
        Node minusOne = b.Scalar(-1, y.DType), less = b.Plus(y, -1), part = b.Sub(less, y);
        Node lost = b.Unary(Elementwise.StopGradientOp, b.Add(b.Sub(y, b.Sub(less, part)), b.Sub(minusOne, part)));
        return b.Mul(y, b.Mul(b.Pow(x, less), b.Plus(b.Mul(lost, LogMagnitude(b, x)), 1)));
    }

    private static Node LogMagnitude(GraphBuilder b, Node x)
    {
        Node magnitude = b.Abs(x), zero = b.Scalar(0, x.DType), infinity = b.Scalar(double.PositiveInfinity, x.DType);
        Node isOrdinary = b.And(b.Greater(magnitude, zero), b.Less(magnitude, infinity));
        return b.Log(b.Where(isOrdinary, magnitude, b.Scalar(1, x.DType)));
    }

    // For a known exponent the cases are decided here, so that x^2 differentiates to 2x and not to a selection.
    private static Node? OfKnownExponent(GraphBuilder b, Node x, double exponent) => exponent switch
    {
        0 => null,
        1 => b.Scalar(1, x.DType),
        2 => b.Times(x, 2),
        _ when Lost(exponent, x.DType) is double lost and not 0 =>
            b.Times(b.Mul(b.Pow(x, b.Scalar(exponent - 1, x.DType)), b.Plus(b.Times(LogMagnitude(b, x), lost), 1)), exponent),
        _ => b.Times(b.Pow(x, b.Scalar(exponent - 1, x.DType)), exponent),
    };

    // The rounding error of the exponent minus 1.
    private static double Lost(double exponent, DType dtype)
    {
        double less = exponent - 1, part = less - exponent;
        return dtype == DType.Float32 ? less - (float)less : exponent - (less - part) + (-1 - part);
    }
}
