using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Elementwise operations: the operands have one element type and broadcast by NumPy's rule.</summary>
public static class ElementwiseBuilding
{
    /// <summary>x + y.</summary>
    public static Node Add(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.AddOp, x, y);

    /// <summary>x − y.</summary>
    public static Node Sub(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.SubOp, x, y);

    /// <summary>x·y.</summary>
    public static Node Mul(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.MulOp, x, y);

    /// <summary>x/y.</summary>
    public static Node Div(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.DivOp, x, y);

    /// <summary>x to the power of y.</summary>
    public static Node Pow(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.PowOp, x, y);

    /// <summary>The larger.</summary>
    public static Node Max(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.MaxOp, x, y);

    /// <summary>The smaller.</summary>
    public static Node Min(this GraphBuilder b, Node x, Node y) => b.Binary(Elementwise.MinOp, x, y);

    /// <summary>The angle of the point (y, x).</summary>
    public static Node Atan2(this GraphBuilder b, Node y, Node x) => b.Binary(Elementwise.Atan2Op, y, x);

    /// <summary>√(x² + y²).</summary>
    public static Node Hypot(this GraphBuilder b, Node x, Node y) => b.Binary(Norms.HypotOp, x, y);

    /// <summary>g·x/norm, or 0 if the norm is 0.</summary>
    public static Node NormGrad(this GraphBuilder b, Node g, Node x, Node norm)
    {
        Shape shape = Shape.Broadcast(norm.Shape, Joined(g, x)) ?? throw Disagreement(norm, x);
        SameDType(x, norm);
        return b.Make(Norms.NormGradOp, new TensorType(SameDType(g, x), shape), [g, x, norm]);
    }

    /// <summary>The remainder of x/y, with the sign of x (<paramref name="fmod"/>) or of y.</summary>
    public static Node Mod(this GraphBuilder b, Node x, Node y, bool fmod) =>
        b.Make(Elementwise.ModOp, new TensorType(SameDType(x, y), Joined(x, y)), [x, y], Attribute("fmod", fmod ? 1 : 0));

    /// <summary>x = y.</summary>
    public static Node Equal(this GraphBuilder b, Node x, Node y) => b.Compare(Piecewise.EqualOp, x, y);

    /// <summary>x &gt; y.</summary>
    public static Node Greater(this GraphBuilder b, Node x, Node y) => b.Compare(Piecewise.GreaterOp, x, y);

    /// <summary>x ≥ y.</summary>
    public static Node GreaterOrEqual(this GraphBuilder b, Node x, Node y) => b.Compare(Piecewise.GreaterOrEqualOp, x, y);

    /// <summary>x &lt; y.</summary>
    public static Node Less(this GraphBuilder b, Node x, Node y) => b.Compare(Piecewise.LessOp, x, y);

    /// <summary>x ≤ y.</summary>
    public static Node LessOrEqual(this GraphBuilder b, Node x, Node y) => b.Compare(Piecewise.LessOrEqualOp, x, y);

    /// <summary>Both true.</summary>
    public static Node And(this GraphBuilder b, Node x, Node y) => b.Binary(Piecewise.AndOp, x, y);

    /// <summary>Either or both.</summary>
    public static Node Or(this GraphBuilder b, Node x, Node y) => b.Binary(Piecewise.OrOp, x, y);

    /// <summary>The opposite.</summary>
    public static Node Not(this GraphBuilder b, Node x) => b.Unary(Piecewise.NotOp, x);

    /// <summary>True for NaN.</summary>
    public static Node IsNaN(this GraphBuilder b, Node x) => b.Make(Piecewise.IsNaNOp, new TensorType(DType.Bool, x.Shape), [x]);

    /// <summary>True for both infinities.</summary>
    public static Node IsInf(this GraphBuilder b, Node x) =>
        b.Make(Piecewise.IsInfOp, new TensorType(DType.Bool, x.Shape), [x], new Dictionary<string,
            AttributeValue>
        { ["detect_negative"] = 1L, ["detect_positive"] = 1L });

    /// <summary>x where the condition holds, otherwise y.</summary>
    public static Node Where(this GraphBuilder b, Node condition, Node x, Node y)
    {
        Shape shape = Shape.Broadcast(condition.Shape, Joined(x, y)) ?? throw Disagreement(condition, x);
        return b.Make(Elementwise.WhereOp, new TensorType(SameDType(x, y), shape), [condition, x, y]);
    }

    /// <summary>The n-th of a family of functions.</summary>
    public static Node Ordered(this GraphBuilder b, Primitive op, Node x, int n) => b.Make(op, x.Type, [x], Attribute("n", (long)n));

    /// <summary>−x.</summary>
    public static Node Neg(this GraphBuilder b, Node x) => b.Unary(Elementwise.NegOp, x);

    /// <summary>|x|.</summary>
    public static Node Abs(this GraphBuilder b, Node x) => b.Unary(Elementwise.AbsOp, x);

    /// <summary>The sign.</summary>
    public static Node Sign(this GraphBuilder b, Node x) => b.Unary(Piecewise.SignOp, x);

    /// <summary>The largest integer that is at most x.</summary>
    public static Node Floor(this GraphBuilder b, Node x) => b.Unary(Piecewise.FloorOp, x);

    /// <summary>e^x.</summary>
    public static Node Exp(this GraphBuilder b, Node x) => b.Unary(Elementwise.ExpOp, x);

    /// <summary>e^x − 1.</summary>
    public static Node Expm1(this GraphBuilder b, Node x) => b.Unary(Elementwise.Expm1Op, x);

    /// <summary>ln x.</summary>
    public static Node Log(this GraphBuilder b, Node x) => b.Unary(Elementwise.LogOp, x);

    /// <summary>√x.</summary>
    public static Node Sqrt(this GraphBuilder b, Node x) => b.Unary(Elementwise.SqrtOp, x);

    /// <summary>sin x.</summary>
    public static Node Sin(this GraphBuilder b, Node x) => b.Unary(Elementwise.SinOp, x);

    /// <summary>cos x.</summary>
    public static Node Cos(this GraphBuilder b, Node x) => b.Unary(Elementwise.CosOp, x);

    /// <summary>sinh x.</summary>
    public static Node Sinh(this GraphBuilder b, Node x) => b.Unary(Elementwise.SinhOp, x);

    /// <summary>cosh x.</summary>
    public static Node Cosh(this GraphBuilder b, Node x) => b.Unary(Elementwise.CoshOp, x);

    /// <summary>tanh x.</summary>
    public static Node Tanh(this GraphBuilder b, Node x) => b.Unary(Elementwise.TanhOp, x);

    /// <summary>ψ(x).</summary>
    public static Node Digamma(this GraphBuilder b, Node x) => b.Unary(Elementwise.DigammaOp, x);

    /// <summary>ψ⁽ⁿ⁾(x).</summary>
    public static Node Polygamma(this GraphBuilder b, Node x, int n) => b.Make(Elementwise.PolygammaOp, x.Type, [x], Attribute("n", n));

    /// <summary>1/(1+e^(−x)).</summary>
    public static Node Sigmoid(this GraphBuilder b, Node x) => b.Unary(Elementwise.SigmoidOp, x);

    /// <summary>ln(1+e^x).</summary>
    public static Node Softplus(this GraphBuilder b, Node x) => b.Unary(Elementwise.SoftplusOp, x);

    /// <summary>1/x.</summary>
    public static Node Reciprocal(this GraphBuilder b, Node x) => b.Div(b.Scalar(1, x.DType), x);

    /// <summary>x².</summary>
    public static Node Square(this GraphBuilder b, Node x) => b.Mul(x, x);

    /// <summary>x plus a number.</summary>
    public static Node Plus(this GraphBuilder b, Node x, double number) => b.Add(x, b.Scalar(number, x.DType));

    /// <summary>x times a number.</summary>
    public static Node Times(this GraphBuilder b, Node x, double number) => b.Mul(x, b.Scalar(number, x.DType));

    /// <summary>x in another element type; x itself if it already has that type.</summary>
    public static Node Cast(this GraphBuilder b, Node x, DType dtype) =>
        x.DType == dtype ? x : b.Make(Elementwise.CastOp, new TensorType(dtype, x.Shape), [x]);

    /// <summary>An operation of one operand that keeps its type.</summary>
    public static Node Unary(this GraphBuilder b, Primitive op, Node x) => b.Make(op, x.Type, [x]);

    /// <summary>An operation of two operands that keeps their element type.</summary>
    public static Node Binary(this GraphBuilder b, Primitive op, Node x, Node y) => b.Make(op, new TensorType(SameDType(x, y), Joined(x, y)), [x, y]);

    /// <summary>An operation of two operands that returns bool.</summary>
    public static Node Compare(this GraphBuilder b, Primitive op, Node x, Node y)
    {
        SameDType(x, y);
        return b.Make(op, new TensorType(DType.Bool, Joined(x, y)), [x, y]);
    }

    internal static Dictionary<string, AttributeValue> Attribute(string name, AttributeValue value) => new() { [name] = value };

    private static Shape Joined(Node x, Node y) => Shape.Broadcast(x.Shape, y.Shape) ?? throw Disagreement(x, y);

    private static InvalidOperandException Disagreement(Node x, Node y) => new($"shapes {x.Shape} and {y.Shape} do not broadcast");

    private static DType SameDType(Node x, Node y) => x.DType == y.DType
        ? x.DType
        : throw new InvalidOperandException($"operands are {x.DType.Label()} and {y.DType.Label()}; use Cast, nothing is converted silently");
}
