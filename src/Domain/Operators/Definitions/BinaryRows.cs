using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Arithmetic on two or more operands.</summary>
internal static class BinaryRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Add", "a:N b:N", "", "a: 1; b: 1", "n", c => c.B.Add(c[0], c[1])),
        Row("Sub", "a:N b:N", "", "a: 1; b: -1", "n", c => c.B.Sub(c[0], c[1])),
        Row("Mul", "a:N b:N", "", "a: b; b: a", "n", c => c.B.Mul(c[0], c[1])),
        Row("Div", "a:N b:N", "", "a: 1/b; b: -a/b²", "n", c => c.B.Div(c[0], c[1])),
        Row("Pow", "a:N b:N'", "", "a: b·a^(b-1); b: a^b·log(a)", "n", Pow)
            .Within("derivative with respect to a: infinite where a is subnormal and a^(b-1) overflows; float32: 8 ulp"),
        Row("Mod", "a:N b:N", "fmod:int=0", "a: 1; b: -trunc(a/b)", "n", Mod),
        Row("Atan2", "y:F x:F", "", "y: x/(x²+y²); x: -y/(x²+y²)", "n", c => c.B.Atan2(c[0], c[1])),
        Row("Hypot", "x:F y:F", "", "x: x/h; y: y/h; 0 where h = 0", "n", c => c.B.Hypot(c[0], c[1]))
            .Within("derivative: as many digits as h has where h is subnormal"),
        Row("Max", "x:N*", "", "1 where largest, equal ones share evenly", "n for each operand but one; from three on n for each", c =>
            Extreme(c, Elementwise.MaxOp, Reductions.ReduceMaxOp)),
        Row("Min", "x:N*", "", "1 where smallest, equal ones share evenly", "n for each operand but one; from three on n for each", c =>
            Extreme(c, Elementwise.MinOp, Reductions.ReduceMinOp)),
        Row("Sum", "x:F*", "", "1", "n for each operand but one", Sum),
        Row("Mean", "x:F*", "", "1/(number of operands)", "n for each operand", c => c.B.Div(Sum(c), c.B.Scalar(c.Given, c.X.DType))),
        Row("Clip", "x:N min:N? max:N?", "", "x: 1 within the bounds, both included; min, max: 1 where that bound is active; 0 at NaN",
            "n for each bound, + n for floats", Clip),
    ];

    // ONNX lets the exponent have another type than the base, whose type the result has. An integer exponent is converted; with an integer base and a
    // float exponent, the power is a float that is truncated (ONNX's reference: numpy.power(x, y).astype(x.dtype)).
    private static Node Pow(OperatorCall c)
    {
        if (c.X.DType == DType.Int64 && c[1].DType.IsFloat())
        {
            return c.B.Cast(c.B.Pow(c.B.Cast(c.X, c[1].DType), c[1]), DType.Int64);
        }

        if (c.X.DType != c[1].DType && c[1].DType != DType.Int64)
        {
            throw new InvalidOperandException(
                $"operands are {c.X.DType.Label()} and {c[1].DType.Label()}; use Cast, nothing is converted silently", 1);
        }

        return c.B.Pow(c.X, c.B.Cast(c[1], c.X.DType));
    }

    private static Node Mod(OperatorCall c) => c.X.DType.IsFloat() && !c.Flag("fmod")
        ? throw new InvalidOperandException("Mod of floats needs the attribute fmod = 1")
        : c.B.Mod(c.X, c[1], c.Flag("fmod"));

    private static Node Sum(OperatorCall c) => c.Inputs.Aggregate(c.B.Add);

    // Of three or more equal values each gets an equal share: the reduction shares evenly, a chain of pairs would not.
    private static Node Extreme(OperatorCall c, Primitive pair, Primitive reduction)
    {
        Node[] all = c.Inputs;
        if (all.Length <= 2)
        {
            return all.Length == 1 ? all[0] : c.B.Binary(pair, all[0], all[1]);
        }

        Shape shape = all.Aggregate(Shape.Scalar, (joined, x) => Shape.Broadcast(joined, x.Shape)
            ?? throw new InvalidOperandException($"shape {x.Shape} does not broadcast with {joined}, that of the previous operands"));
        Shape layer = PrimitiveRows.Prepend(1, shape);
        Node stacked = c.B.Concat([.. all.Select(x => c.B.Reshape(c.B.Expand(x, shape), layer))], 0);
        return c.B.Reduce(reduction, stacked, [0], false);
    }

    private static Node Clip(OperatorCall c)
    {
        // NaN is within no bounds: it stays, and its derivative is zero (PyTorch).
        Node x = c.X.DType.IsFloat() ? c.B.Where(c.B.IsNaN(c.X), c.B.Unary(Elementwise.StopGradientOp, c.X), c.X) : c.X;
        Node y = c.Optional(1) is { } min ? c.B.Where(c.B.Less(x, Bound(min, 1)), min, x) : x;
        return c.Optional(2) is { } max ? c.B.Where(c.B.Greater(y, Bound(max, 2)), max, y) : y;

        Node Bound(Node bound, int place) => bound.Shape.Count == 1 || Shape.Broadcast(bound.Shape, c.X.Shape)?.Equals(c.X.Shape) == true
            ? bound
            : throw new InvalidOperandException($"a bound of shape {bound.Shape} does not broadcast to {c.X.Shape}", place);
    }
}
