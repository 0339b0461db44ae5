using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Functions of one number.</summary>
internal static class UnaryRows
{
    private const string GaussianPrecision = "derivative: relative error up to (4 + 2x²) ulp, from the rounding of x² in exp(-x²)";
    private const string GammaPrecision = "16 ulp; below 0, where terms of a reflection cancel, 16 ulp of the greatest term";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Unary(Elementwise.AbsOp, "N", "sign(x), 0 at 0"),
        Unary(Elementwise.NegOp, "N", "-1"),
        Unary(Piecewise.SignOp, "N", "zero: piecewise constant"),
        Unary(Elementwise.SqrtOp, "F", "1/(2·sqrt(x))"),
        Row("Reciprocal", "x:F", "", "-1/x²", "n", c => c.B.Reciprocal(c.X)),
        Row("Rsqrt", "x:F", "", "-1/(2·x·sqrt(x))", "2n", c => c.B.Reciprocal(c.B.Sqrt(c.X)))
            .Within("float32: derivative 4 ulp, from two roundings of the root"),
        Row("Square", "x:N", "", "2x", "n", c => c.B.Square(c.X)),
        Unary(Elementwise.ExpOp, "F", "exp(x)"),
        Unary(Elementwise.Expm1Op, "F", "exp(x)"),
        Unary(Elementwise.LogOp, "F", "1/x"),
        Unary(Elementwise.Log1pOp, "F", "1/(1+x)"),
        Unary(Elementwise.SinOp, "F", "cos(x)"),
        Unary(Elementwise.CosOp, "F", "-sin(x)"),
        Unary(Elementwise.TanOp, "F", "1+tan²(x)").Within("float32: derivative 4 ulp, from the square of the rounded tangent"),
        Unary(Elementwise.AsinOp, "F", "1/sqrt(1-x²)"),
        Unary(Elementwise.AcosOp, "F", "-1/sqrt(1-x²)"),
        Unary(Elementwise.AtanOp, "F", "1/(1+x²)"),
        Unary(Elementwise.SinhOp, "F", "cosh(x)"),
        Unary(Elementwise.CoshOp, "F", "sinh(x)"),
        Unary(Elementwise.TanhOp, "F", "1-tanh²(x)").Within("float32: derivative 8 ulp, from the square of a rounded cosh"),
        Unary(Elementwise.AsinhOp, "F", "1/sqrt(x²+1)"),
        Unary(Elementwise.AcoshOp, "F", "1/sqrt(x²-1)"),
        Unary(Elementwise.AtanhOp, "F", "1/(1-x²)"),
        Unary(Elementwise.ErfOp, "F", "2/sqrt(π)·exp(-x²)").Within(GaussianPrecision),
        Unary(Elementwise.ErfcOp, "F", "-2/sqrt(π)·exp(-x²)").Within(GaussianPrecision),
        Unary(Elementwise.LgammaOp, "F", "digamma(x)").Within(GammaPrecision),
        Unary(Elementwise.DigammaOp, "F", "trigamma(x) = polygamma(1, x)").Within(GammaPrecision),
        Row("Polygamma", "x:F", "n:int!", "polygamma(n+1, x)", "n", Polygamma).Within(GammaPrecision),
        Unary(SpecialPrimitives.ErfinvOp, "F", "sqrt(π)/2·exp(y²)"),
        Unary(SpecialPrimitives.ErfcinvOp, "F", "-sqrt(π)/2·exp(y²)"),
        Row("Erfcx", "x:F", "n:int=0", "-2(n+1)·erfcx(n+1, x)", "n", c => Ordered(c, SpecialPrimitives.ErfcxOp)),
        Unary(SpecialPrimitives.GammaOp, "F", "gamma(x)·digamma(x)"),
        Row("BesselI", "x:F", "n:int=0", "(I(n-1, x) + I(n+1, x))/2", "n", c => Ordered(c, SpecialPrimitives.BesselIOp)),
        Unary(Piecewise.FloorOp, "F", "zero: piecewise constant"),
        Unary(Piecewise.CeilOp, "F", "zero: piecewise constant"),
        Unary(Piecewise.RoundOp, "F", "zero: piecewise constant"),
        Row("Identity", "x:A", "", "1", "0", c => c.B.Unary(Elementwise.IdentityOp, c.X)),
        Row("StopGradient", "x:A", "", "zero: by definition", "0", c => c.B.Unary(Elementwise.StopGradientOp, c.X)),
        Row("CastLike", "x:A' target_type:A'", "saturate:int=1 round_mode:string=up", "1 between floats, zero from or to integers and truth values",
            "0", c => c.B.Cast(c.X, c[1].DType)),
        Row("Cast", "x:A'", "to:int! saturate:int=1 round_mode:string=up", "1 between floats, zero from or to integers and truth values", "0", c =>
            c.B.Cast(c.X, c.ElementType("to")!.Value)),
    ];

    private static Operator Unary(Primitive op, string kind, string derivative) =>
        Row(op.Name, $"x:{kind}", "", derivative, "n", c => c.B.Unary(op, c.X));

    private static Node Ordered(OperatorCall c, Primitive op) => c.Int("n") is int n and >= 0 and <= 50
        ? c.B.Ordered(op, c.X, n)
        : throw new InvalidOperandException($"attribute n is {c.Int("n")}, expected 0 to 50");

    private static Node Polygamma(OperatorCall c) => c.Int("n") is int n and >= 1 and <= 20
        ? c.B.Polygamma(c.X, n)
        : throw new InvalidOperandException($"attribute n is {c.Int("n")}, expected 1 to 20");
}
