using Backprop.Domain.Graphs;
using static Backprop.Domain.Operators.PrimitiveRows;

namespace Backprop.Domain.Operators;

/// <summary>Operations on one element after the other, with NumPy broadcasting where there are several operands. Sources of the derivatives: DLMF 4.20, 4.34, 5.15, 7.2.</summary>
public static class Elementwise
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>Arithmetic.</summary>
    public static Primitive AddOp { get; } = Map("Add", Derivative.Linear((_, _, g, _) => g), AddForward);

    /// <summary>Difference.</summary>
    public static Primitive SubOp { get; } = Map("Sub", Derivative.Linear((b, _, g, i) => i == 0 ? g : b.Neg(g)), SubForward);

    /// <summary>Product: ∂(xy)/∂x = y.</summary>
    public static Primitive MulOp { get; } = Map("Mul", Derivative.Elementwise((_, n, i) => n.Inputs[1 - i]));

    /// <summary>Quotient: ∂(x/y)/∂y = −(x/y)/y.</summary>
    public static Primitive DivOp { get; } = Map("Div", new Derivative(
        (b, n, g, i) => i == 0 ? b.Div(g, n.Inputs[1]) : b.Mul(g, b.Neg(b.Div(n, n.Inputs[1]))),
        (b, n, t) => b.SumOf(n, t, (i, d) => i == 0 ? b.Div(d, n.Inputs[1]) : b.Mul(d, b.Neg(b.Div(n, n.Inputs[1]))))));

    /// <summary>Power: ∂/∂x = y·x^(y−1), zero where y is; ∂/∂y = x^y·ln x, zero where x is 0 and y is not negative (PyTorch).</summary>
    public static Primitive PowOp { get; } = Map("Pow", Derivative.Elementwise(PowPartial));

    /// <summary>Larger of two; equals share evenly.</summary>
    public static Primitive MaxOp { get; } = Map("Max", Derivative.Elementwise((b, n, i) => Share(b, n.Inputs[i], n.Inputs[1 - i])));

    /// <summary>Smaller of two; equals share evenly.</summary>
    public static Primitive MinOp { get; } = Map("Min", Derivative.Elementwise((b, n, i) => Share(b, n.Inputs[1 - i], n.Inputs[i])));

    /// <summary>Remainder: ∂/∂y = −trunc(x/y), written by floors so that it is piecewise constant.</summary>
    public static Primitive ModOp { get; } = Map("Mod", Derivative.Elementwise((b, n, i) =>
    {
        if (i == 0)
        {
            return b.Scalar(1, n.DType);
        }

        Node q = b.Div(n.Inputs[0], n.Inputs[1]);
        return b.Neg(b.Mul(b.Sign(q), b.Floor(b.Abs(q))));
    }));

    /// <summary>Angle of (x, y): ∂/∂y = x/(x²+y²), ∂/∂x = −y/(x²+y²).</summary>
    public static Primitive Atan2Op { get; } = Map("Atan2", Derivative.Elementwise((b, n, i) =>
    {
        Node norm = b.Add(b.Square(n.Inputs[0]), b.Square(n.Inputs[1]));
        return i == 0 ? b.Div(n.Inputs[1], norm) : b.Neg(b.Div(n.Inputs[0], norm));
    }));

    /// <summary>Choice by a condition; the branch not taken has a zero cotangent, whatever its derivative.</summary>
    public static Primitive WhereOp { get; } = new("Where", new Derivative(
        (b, n, g, i) => i == 0 ? null : i == 1 ? b.Where(n.Inputs[0], g, b.Scalar(0, g.DType)) : b.Where(n.Inputs[0], b.Scalar(0, g.DType), g),
        (b, n, t) => t[1] is null && t[2] is null ? null : b.Expand(
            b.Where(n.Inputs[0], t[1] ?? b.Scalar(0, n.DType), t[2] ?? b.Scalar(0, n.DType)), n.Shape)), BatchElementwise, Free);

    /// <summary>Negation.</summary>
    public static Primitive NegOp { get; } = Map("Neg", Derivative.Linear((b, _, g, _) => b.Neg(g)));

    /// <summary>Magnitude: its derivative is the sign, zero at zero.</summary>
    public static Primitive AbsOp { get; } = Unary("Abs", (b, x, _) => b.Sign(x));

    /// <summary>e^x.</summary>
    public static Primitive ExpOp { get; } = Unary("Exp", (_, _, y) => y);

    /// <summary>ln x: 1/x.</summary>
    public static Primitive LogOp { get; } = Unary("Log", (b, x, _) => b.Reciprocal(x));

    /// <summary>√x: 1/(2√x).</summary>
    public static Primitive SqrtOp { get; } = Unary("Sqrt", (b, _, y) => b.Div(b.Scalar(0.5, y.DType), y));

    /// <summary>ln(1+x): 1/(1+x).</summary>
    public static Primitive Log1pOp { get; } = Unary("Log1p", (b, x, _) => b.Reciprocal(b.Plus(x, 1)));

    /// <summary>e^x−1: e^x.</summary>
    public static Primitive Expm1Op { get; } = Unary("Expm1", (b, x, _) => b.Exp(x));

    /// <summary>sin: cos.</summary>
    public static Primitive SinOp { get; } = Unary("Sin", (b, x, _) => b.Cos(x));

    /// <summary>cos: −sin.</summary>
    public static Primitive CosOp { get; } = Unary("Cos", (b, x, _) => b.Neg(b.Sin(x)));

    /// <summary>tan: 1+tan².</summary>
    public static Primitive TanOp { get; } = Unary("Tan", (b, _, y) => b.Plus(b.Square(y), 1));

    /// <summary>arcsin: 1/√(1−x²).</summary>
    public static Primitive AsinOp { get; } = Unary("Asin", (b, x, _) => b.Reciprocal(b.Sqrt(OneMinusSquare(b, x))));

    /// <summary>arccos: −1/√(1−x²).</summary>
    public static Primitive AcosOp { get; } = Unary("Acos", (b, x, _) => b.Neg(b.Reciprocal(b.Sqrt(OneMinusSquare(b, x)))));

    /// <summary>arctan: 1/(1+x²).</summary>
    public static Primitive AtanOp { get; } = Unary("Atan", (b, x, _) => b.Reciprocal(b.Plus(b.Square(x), 1)));

    /// <summary>sinh: cosh.</summary>
    public static Primitive SinhOp { get; } = Unary("Sinh", (b, x, _) => b.Cosh(x));

    /// <summary>cosh: sinh.</summary>
    public static Primitive CoshOp { get; } = Unary("Cosh", (b, x, _) => b.Sinh(x));

    /// <summary>tanh: 1−tanh².</summary>
    public static Primitive TanhOp { get; } = Unary("Tanh", (b, _, y) => OneMinusSquare(b, y));

    /// <summary>arsinh: 1/√(x²+1).</summary>
    public static Primitive AsinhOp { get; } = Unary("Asinh", (b, x, _) => b.Reciprocal(b.Sqrt(b.Plus(b.Square(x), 1))));

    /// <summary>arcosh: 1/√(x²−1), written as a product so that nothing cancels near 1.</summary>
    public static Primitive AcoshOp { get; } = Unary("Acosh", (b, x, _) => b.Reciprocal(b.Sqrt(b.Mul(b.Plus(x, -1), b.Plus(x, 1)))));

    /// <summary>artanh: 1/(1−x²).</summary>
    public static Primitive AtanhOp { get; } = Unary("Atanh", (b, x, _) => b.Reciprocal(OneMinusSquare(b, x)));

    /// <summary>Error function: 2/√π·e^(−x²).</summary>
    public static Primitive ErfOp { get; } = Unary("Erf", (b, x, _) => b.Times(b.Exp(b.Neg(b.Square(x))), TwoOverSqrtPi));

    /// <summary>Complementary error function: −2/√π·e^(−x²).</summary>
    public static Primitive ErfcOp { get; } = Unary("Erfc", (b, x, _) => b.Times(b.Exp(b.Neg(b.Square(x))), -TwoOverSqrtPi));

    /// <summary>ln|Γ(x)|: ψ(x).</summary>
    public static Primitive LgammaOp { get; } = Unary("Lgamma", (b, x, _) => b.Digamma(x));

    /// <summary>ψ(x): ψ⁽¹⁾(x).</summary>
    public static Primitive DigammaOp { get; } = Unary("Digamma", (b, x, _) => b.Polygamma(x, 1));

    /// <summary>ψ⁽ⁿ⁾(x): ψ⁽ⁿ⁺¹⁾(x).</summary>
    public static Primitive PolygammaOp { get; } = Map("Polygamma", Derivative.Elementwise((b, n, _) => b.Polygamma(n.Inputs[0], n.Integer("n") + 1)));

    /// <summary>1/(1+e^(−x)): σ(x)·σ(−x), which keeps its digits where 1−σ(x) would lose them.</summary>
    public static Primitive SigmoidOp { get; } = Unary("Sigmoid", (b, x, y) => b.Mul(y, b.Sigmoid(b.Neg(x))));

    /// <summary>ln(1+e^x): σ(x).</summary>
    public static Primitive SoftplusOp { get; } = Unary("Softplus", (b, x, _) => b.Sigmoid(x));

    /// <summary>Conversion of the element type; the derivative is converted back, and ends where a value was no float.</summary>
    public static Primitive CastOp { get; } = new("Cast", new Derivative(
        (b, n, g, _) => n.Inputs[0].DType.IsFloat() && n.DType.IsFloat() ? b.Cast(g, n.Inputs[0].DType) : null,
        (b, n, t) => n.DType.IsFloat() && t[0] is { } d ? b.Cast(d, n.DType) : null), BatchElementwise, Free);

    /// <summary>The value itself.</summary>
    public static Primitive IdentityOp { get; } = new("Identity", Derivative.Linear((_, _, g, _) => g), BatchElementwise, Free);

    /// <summary>The value itself, cut off from differentiation.</summary>
    public static Primitive StopGradientOp { get; } = new("StopGradient", Derivative.Zero, BatchElementwise, Free);

    private static Node? PowPartial(GraphBuilder b, Node node, int operand)
    {
        (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
        Node zero = b.Scalar(0, node.DType);
        if (operand == 1)
        {
            Node atZero = b.And(b.Equal(x, zero), b.GreaterOrEqual(y, zero));
            return b.Where(atZero, zero, b.Mul(node, b.Log(b.Where(atZero, b.Scalar(1, node.DType), x))));
        }

        return y.Value is { Shape.Rank: 0 } constant
            ? PowerRule(b, x, constant[0])
            : b.Where(b.Equal(y, zero), zero, b.Mul(y, b.Pow(x, b.Plus(y, -1))));
    }

    // With the exponent known the cases are decided here, so that x^2 differentiates to 2x and not to a choice.
    private static Node? PowerRule(GraphBuilder b, Node x, double exponent) => exponent switch
    {
        0 => null,
        1 => b.Scalar(1, x.DType),
        2 => b.Times(x, 2),
        _ => b.Times(b.Pow(x, b.Scalar(exponent - 1, x.DType)), exponent),
    };

    private static Node Share(GraphBuilder b, Node mine, Node other)
    {
        Node half = b.Where(b.Equal(mine, other), b.Scalar(0.5, mine.DType), b.Scalar(0, mine.DType));
        return b.Where(b.Greater(mine, other), b.Scalar(1, mine.DType), half);
    }

    private static Node OneMinusSquare(GraphBuilder b, Node x) =>
        b.Mul(b.Sub(b.Scalar(1, x.DType), x), b.Plus(x, 1));

    private static Node? AddForward(GraphBuilder b, Node node, Node?[] t) => b.SumOf(node, t, (_, d) => d);

    private static Node? SubForward(GraphBuilder b, Node node, Node?[] t) => b.SumOf(node, t, (i, d) => i == 0 ? d : b.Neg(d));
}
