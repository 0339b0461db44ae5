using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Comparisons, logic and choice.</summary>
internal static class LogicRows
{
    private const string NoDerivative = "none: the result is a truth value";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Equal", "a:A b:A", "", NoDerivative, "n", c => c.B.Compare(Piecewise.EqualOp, c[0], c[1])),
        Comparison(Piecewise.GreaterOp),
        Comparison(Piecewise.GreaterOrEqualOp),
        Comparison(Piecewise.LessOp),
        Comparison(Piecewise.LessOrEqualOp),
        Connective(Piecewise.AndOp),
        Connective(Piecewise.OrOp),
        Connective(Piecewise.XorOp),
        Row("Not", "x:B", "", NoDerivative, "n", c => c.B.Unary(Piecewise.NotOp, c.X)),
        Row("IsNaN", "x:F", "", NoDerivative, "n", c => c.B.IsNaN(c.X)),
        Row("IsInf", "x:F", "detect_negative:int=1 detect_positive:int=1", NoDerivative, "n", IsInf),
        Row("Where", "condition:B x:A y:A", "", "x: 1 where the condition holds; y: 1 where it does not", "0", c => c.B.Where(c[0], c[1], c[2])),
    ];

    private static Operator Comparison(Primitive op) => Row(op.Name, "a:N b:N", "", NoDerivative, "n", c => c.B.Compare(op, c[0], c[1]));

    private static Operator Connective(Primitive op) => Row(op.Name, "a:B b:B", "", NoDerivative, "n", c => c.B.Binary(op, c[0], c[1]));

    private static Node IsInf(OperatorCall c) =>
        c.B.Make(Piecewise.IsInfOp, new TensorType(DType.Bool, c.X.Shape), [c.X], new Dictionary<string, AttributeValue>
        {
            ["detect_negative"] = (long)c.Int("detect_negative"),
            ["detect_positive"] = (long)c.Int("detect_positive"),
        });
}
