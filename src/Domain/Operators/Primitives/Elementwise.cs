using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Operations on single elements, with NumPy broadcasting if there are several operands. Sources of the derivatives: DLMF 4.20, 4.34, 5.15, 7.2.
/// </summary>
public static class Elementwise
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>Sum.</summary>
    public static Primitive AddOp { get; } = Map("Add", Derivative.Linear((_, _, g, _) => g), AddForward);

    /// <summary>Difference.</summary>
    public static Primitive SubOp { get; } = Map("Sub", Derivative.Linear((b, _, g, i) => i == 0 ? g : b.Neg(g)), SubForward);

    /// <summary>Product: ∂(xy)/∂x = y.</summary>
    public static Primitive MulOp { get; } = Map("Mul", Derivative.Elementwise((_, n, i) => n.Inputs[1 - i]));

    /// <summary>Quotient: ∂(x/y)/∂y = −(x/y)/y.</summary>
    public static Primitive DivOp { get; } = Map("Div",
        new Derivative(QuotientDerivative, (b, n, t) => b.SumOf(n, t, (i, d) => QuotientDerivative(b, n, d, i)))) with
    { HasUnboundedDerivative = true };

    /// <summary>Power: ∂/∂x = y·x^(y−1), zero where y is; ∂/∂y = x^y·ln x, zero where x is 0 and y is not negative (PyTorch).</summary>
    public static Primitive PowOp { get; } = Map("Pow", Derivative.Elementwise(PowerRule.Partial)) with { HasUnboundedDerivative = true };

    /// <summary>Larger of two; equal ones share evenly, and if one is NaN both get all (PyTorch).</summary>
    public static Primitive MaxOp { get; } = Map("Max", Selected((b, mine, other) => b.Less(mine, other)));

    /// <summary>Smaller of two; equal ones share evenly, and if one is NaN both get all (PyTorch).</summary>
    public static Primitive MinOp { get; } = Map("Min", Selected((b, mine, other) => b.Greater(mine, other)));

    /// <summary>Remainder: ∂/∂y = −trunc(x/y), expressed with floors so that it is piecewise constant.</summary>
    public static Primitive ModOp { get; } = Map("Mod", Derivative.Elementwise((b, n, i) =>
    {
        if (i == 0)
        {
            return b.Scalar(1, n.DType);
        }

        Node q = b.Div(n.Inputs[0], n.Inputs[1]);
        return b.Neg(b.Mul(b.Sign(q), b.Floor(b.Abs(q))));
    }));

    /// <summary>Angle of (x, y): ∂/∂y = x/(x²+y²), ∂/∂x = −y/(x²+y²), of scaled operands if a square would leave the range.</summary>
    public static Primitive Atan2Op { get; } = Map("Atan2", Derivative.Elementwise(AnglePartial)) with { HasUnboundedDerivative = true };

    /// <summary>Selection by a condition; the branch not taken has a zero cotangent, whatever its derivative.</summary>
    public static Primitive WhereOp { get; } = new("Where", new Derivative(
        (b, n, g, i) => i == 0 ? null : i == 1 ? b.Where(n.Inputs[0], g, b.Scalar(0, g.DType)) : b.Where(n.Inputs[0], b.Scalar(0, g.DType), g),
        (b, n, t) => t[1] is null && t[2] is null ? null : b.Expand(
            b.Where(n.Inputs[0], t[1] ?? b.Scalar(0, n.DType), t[2] ?? b.Scalar(0, n.DType)), n.Shape)), BatchElementwise, Free)
    { IsFusible = true };

    /// <summary>Negation.</summary>
    public static Primitive NegOp { get; } = Map("Neg", Derivative.Linear((b, _, g, _) => b.Neg(g)));

    /// <summary>Magnitude: its derivative is the sign, zero at zero.</summary>
    public static Primitive AbsOp { get; } = Unary("Abs", (b, x, _) => b.Sign(x));

    /// <summary>e^x.</summary>
    public static Primitive ExpOp { get; } = Unary("Exp", (_, _, y) => y) with { HasUnboundedDerivative = true };

    /// <summary>ln x: 1/x.</summary>
    public static Primitive LogOp { get; } = Unary("Log", (b, x, _) => b.Reciprocal(x)) with { HasUnboundedDerivative = true };

    /// <summary>√x: 1/(2√x).</summary>
    public static Primitive SqrtOp { get; } = Unary("Sqrt", (b, _, y) => b.Div(b.Scalar(0.5, y.DType), y)) with { HasUnboundedDerivative = true };

    /// <summary>ln(1+x): 1/(1+x).</summary>
    public static Primitive Log1pOp { get; } = Unary("Log1p", (b, x, _) => b.Reciprocal(b.Plus(x, 1))) with { HasUnboundedDerivative = true };

    /// <summary>e^x−1: e^x.</summary>
    public static Primitive Expm1Op { get; } = Unary("Expm1", (b, x, _) => b.Exp(x)) with { HasUnboundedDerivative = true };

    /// <summary>sin: cos.</summary>
    public static Primitive SinOp { get; } = Unary("Sin", (b, x, _) => b.Cos(x));

    /// <summary>cos: −sin.</summary>
    public static Primitive CosOp { get; } = Unary("Cos", (b, x, _) => b.Neg(b.Sin(x)));

    /// <summary>tan: 1+tan².</summary>
    public static Primitive TanOp { get; } = Unary("Tan", (b, _, y) => b.Plus(b.Square(y), 1)) with { HasUnboundedDerivative = true };

    /// <summary>arcsin: 1/√(1−x²).</summary>
    public static Primitive AsinOp { get; } = Unary("Asin", (b, x, _) =>
        b.Reciprocal(b.Sqrt(OneMinusSquare(b, x)))) with
    { HasUnboundedDerivative = true };

    /// <summary>arccos: −1/√(1−x²).</summary>
    public static Primitive AcosOp { get; } = Unary("Acos", (b, x, _) =>
        b.Neg(b.Reciprocal(b.Sqrt(OneMinusSquare(b, x))))) with
    { HasUnboundedDerivative = true };

    /// <summary>arctan: 1/(1+x²).</summary>
    public static Primitive AtanOp { get; } = Unary("Atan", (b, x, _) => b.Reciprocal(b.Plus(b.Square(x), 1)));

    /// <summary>sinh: cosh.</summary>
    public static Primitive SinhOp { get; } = Unary("Sinh", (b, x, _) => b.Cosh(x)) with { HasUnboundedDerivative = true };

    /// <summary>cosh: sinh.</summary>
    public static Primitive CoshOp { get; } = Unary("Cosh", (b, x, _) => b.Sinh(x)) with { HasUnboundedDerivative = true };

    /// <summary>tanh: 1/cosh², which keeps its digits where 1−tanh² would lose them.</summary>
    public static Primitive TanhOp { get; } = Unary("Tanh", (b, x, _) => b.Square(b.Reciprocal(b.Cosh(x))));

    /// <summary>arsinh: 1/√(x²+1).</summary>
    public static Primitive AsinhOp { get; } = Unary("Asinh", (b, x, _) => ReciprocalRoot(b, x, near => b.Plus(b.Square(near), 1)));

    /// <summary>arcosh: 1/√(x²−1), written as a product so that nothing cancels near 1.</summary>
    public static Primitive AcoshOp { get; } = Unary("Acosh", (b, x, _) =>
        ReciprocalRoot(b, x, near => b.Mul(b.Plus(near, -1), b.Plus(near, 1)))) with
    { HasUnboundedDerivative = true };

    /// <summary>artanh: 1/(1−x²).</summary>
    public static Primitive AtanhOp { get; } = Unary("Atanh", (b, x, _) => b.Reciprocal(OneMinusSquare(b, x))) with { HasUnboundedDerivative = true };

    /// <summary>Error function: 2/√π·e^(−x²).</summary>
    public static Primitive ErfOp { get; } = Unary("Erf", (b, x, _) => b.Times(b.Exp(b.Neg(b.Square(x))), TwoOverSqrtPi));

    /// <summary>Complementary error function: −2/√π·e^(−x²).</summary>
    public static Primitive ErfcOp { get; } = Unary("Erfc", (b, x, _) => b.Times(b.Exp(b.Neg(b.Square(x))), -TwoOverSqrtPi));

    /// <summary>ln|Γ(x)|: ψ(x).</summary>
    public static Primitive LgammaOp { get; } = Unary("Lgamma", (b, x, _) => b.Digamma(x)) with { HasUnboundedDerivative = true };

    /// <summary>ψ(x): ψ⁽¹⁾(x).</summary>
    public static Primitive DigammaOp { get; } = Unary("Digamma", (b, x, _) => b.Polygamma(x, 1)) with { HasUnboundedDerivative = true };

    /// <summary>ψ⁽ⁿ⁾(x): ψ⁽ⁿ⁺¹⁾(x).</summary>
    public static Primitive PolygammaOp { get; } = Map("Polygamma",
        Derivative.Elementwise((b, n, _) => b.Polygamma(n.Inputs[0], n.Integer("n") + 1))) with
    { HasUnboundedDerivative = true };

    /// <summary>1/(1+e^(−x)): σ(x)·σ(−x), which keeps its digits where 1−σ(x) would lose them.</summary>
    public static Primitive SigmoidOp { get; } = Unary("Sigmoid", (b, x, y) => b.Mul(y, b.Sigmoid(b.Neg(x))));

    /// <summary>ln(1+e^x): σ(x).</summary>
    public static Primitive SoftplusOp { get; } = Unary("Softplus", (b, x, _) => b.Sigmoid(x));

    /// <summary>Conversion of the element type; the derivative is converted back, and is cut off if a value is not a float.</summary>
    public static Primitive CastOp { get; } = new("Cast", new Derivative(
        (b, n, g, _) => n.Inputs[0].DType.IsFloat() && n.DType.IsFloat() ? b.Cast(g, n.Inputs[0].DType) : null,
        (b, n, t) => n.DType.IsFloat() && t[0] is { } d ? b.Cast(d, n.DType) : null), BatchElementwise, Free)
    { IsFusible = true };

    /// <summary>The value itself.</summary>
    public static Primitive IdentityOp { get; } = new("Identity", Derivative.Linear((_, _, g, _) => g), BatchElementwise, Free) { IsAlias = true };

    /// <summary>The value itself, cut off from differentiation.</summary>
    public static Primitive StopGradientOp { get; } = new("StopGradient", Derivative.Zero, BatchElementwise, Free) { IsAlias = true };

    // Compared with a number only y can be large or small, and its derivative with it; dividing by it first keeps 1/y² from leaving the range.
    private static Node QuotientDerivative(GraphBuilder b, Node node, Node derivative, int operand)
    {
        (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
        return operand == 0 ? b.Div(derivative, y)
            : x.Op == Structure.Constant ? b.Neg(b.Mul(b.Div(derivative, y), node))
            : b.Mul(derivative, b.Neg(b.Div(node, y)));
    }

    private static Node AnglePartial(GraphBuilder b, Node node, int operand)
    {
        Node scale = Scale(b, b.Unary(StopGradientOp, b.Binary(MaxOp, b.Abs(node.Inputs[0]), b.Abs(node.Inputs[1]))));
        (Node y, Node x) = (b.Div(node.Inputs[0], scale), b.Div(node.Inputs[1], scale));
        Node norm = b.Mul(scale, b.Add(b.Square(y), b.Square(x)));
        return operand == 0 ? b.Div(x, norm) : b.Neg(b.Div(y, norm));
    }

    // A selection, not a factor of zero: the infinite derivative of an operand that is not selected would give NaN.
    private static Derivative Selected(Func<GraphBuilder, Node, Node, Node> isBeaten)
    {
        return new Derivative(Share, (b, n, t) => b.SumOf(n, t, (i, d) => Share(b, n, d, i)));

        Node Share(GraphBuilder b, Node node, Node derivative, int operand)
        {
            (Node mine, Node other) = (node.Inputs[operand], node.Inputs[1 - operand]);
            Node shared = b.Where(b.Equal(mine, other), b.Times(derivative, 0.5), derivative);
            return b.Where(isBeaten(b, mine, other), b.Scalar(0, node.DType), shared);
        }
    }

    // 1/√(x² ± 1), which is 1/|x| to the last digit for x so large that its square may overflow.
    private static Node ReciprocalRoot(GraphBuilder b, Node x, Func<Node, Node> square)
    {
        Node magnitude = b.Abs(x);
        Node isLarge = b.Greater(magnitude, b.Scalar(x.DType == DType.Float32 ? 1e5 : 1e10, x.DType));
        return b.Where(isLarge, b.Reciprocal(magnitude), b.Reciprocal(b.Sqrt(square(b.Where(isLarge, b.Scalar(1, x.DType), x)))));
    }

    // The divisor that keeps squares in range; 1 if they are anyway.
    private static Node Scale(GraphBuilder b, Node largest)
    {
        double limit = largest.DType == DType.Float32 ? 1e18 : 1e150;
        Node isSafe = b.And(b.Less(largest, b.Scalar(limit, largest.DType)), b.Greater(largest, b.Scalar(1 / limit, largest.DType)));
        Node isNone = b.Or(b.Equal(largest, b.Scalar(0, largest.DType)), b.Equal(largest, b.Scalar(double.PositiveInfinity, largest.DType)));
        return b.Where(b.Or(isSafe, isNone), b.Scalar(1, largest.DType), largest);
    }

    private static Node OneMinusSquare(GraphBuilder b, Node x) =>
        b.Mul(b.Sub(b.Scalar(1, x.DType), x), b.Plus(x, 1));

    private static Node? AddForward(GraphBuilder b, Node node, Node?[] t) => b.SumOf(node, t, (_, d) => d);

    private static Node? SubForward(GraphBuilder b, Node node, Node?[] t) => b.SumOf(node, t, (i, d) => i == 0 ? d : b.Neg(d));
}
