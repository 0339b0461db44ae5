using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Functions of one number without hardware instructions, which the host computes with kernels of their own. Each derivative is again one of them,
/// so that no order loses digits. Sources: DLMF 5.2, 7.17, 7.18, 10.29.
/// </summary>
public static class SpecialPrimitives
{
    private const double HalfRootPi = 0.88622692545275801;

    /// <summary>The inverse of erf: ½√π·e^(y²).</summary>
    public static Primitive ErfinvOp { get; } = Unary("Erfinv", (b, x, y) =>
        b.Times(ExpOfSquare(b, b.Abs(y), b.Sub(b.Scalar(1, x.DType), b.Abs(x))), HalfRootPi)) with
    { HasUnboundedDerivative = true, IsFusible = false };

    /// <summary>The inverse of erfc: −½√π·e^(y²).</summary>
    public static Primitive ErfcinvOp { get; } = Unary("Erfcinv", (b, x, y) =>
        b.Times(ExpOfSquare(b, y, x), -HalfRootPi)) with
    { HasUnboundedDerivative = true, IsFusible = false };

    /// <summary>Jₙ = e^(x²)·iⁿerfc(x), for n = 0 the scaled complementary error function: −2(n+1)·Jₙ₊₁.</summary>
    public static Primitive ErfcxOp { get; } = Map("Erfcx", Derivative.Elementwise((b, n, _) =>
        b.Times(b.Ordered(ErfcxOp!, n.Inputs[0], n.Integer("n") + 1), -2 * (n.Integer("n") + 1)))) with
    { HasUnboundedDerivative = true, IsFusible = false };

    /// <summary>Γ: Γ·ψ.</summary>
    public static Primitive GammaOp { get; } = Unary("Gamma", (b, x, y) => b.Mul(y, b.Digamma(x))) with
    { HasUnboundedDerivative = true, IsFusible = false };

    /// <summary>The modified Bessel function Iₙ: (Iₙ₋₁ + Iₙ₊₁)/2, and I₁ of I₀.</summary>
    public static Primitive BesselIOp { get; } = Map("BesselI", Derivative.Elementwise((b, n, _) => n.Integer("n") == 0
        ? Of(b, n, 1)
        : b.Times(b.Add(Of(b, n, n.Integer("n") - 1), Of(b, n, n.Integer("n") + 1)), 0.5))) with
    { HasUnboundedDerivative = true, IsFusible = false };

    // e^(y²), in the tail computed as erfcx(y)/erfc(y), since the square would magnify the rounding of y there.
    private static Node ExpOfSquare(GraphBuilder b, Node y, Node erfc)
    {
        Node isTail = b.And(b.Less(erfc, b.Scalar(0.5, y.DType)), b.Greater(erfc, b.Scalar(0, y.DType))), one = b.Scalar(1, y.DType);
        Node tail = b.Div(b.Ordered(ErfcxOp, b.Where(isTail, y, one), 0), b.Where(isTail, erfc, one));
        return b.Where(isTail, tail, b.Exp(b.Square(b.Where(isTail, one, y))));
    }

    private static Node Of(GraphBuilder b, Node node, int order) => b.Ordered(BesselIOp, node.Inputs[0], order);
}
