using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>
/// Integers narrower than the int64 that they are computed in: results out of range are reduced modulo 2^bits, as in C, NumPy and ONNX Runtime.
/// </summary>
internal static class NarrowIntegers
{
    // Operators whose first result has the type of their operands: those that may overflow, and those that never do.
    private static readonly HashSet<string> Arithmetic = ["Add", "Sub", "Mul", "Div", "Neg", "Abs", "Pow", "Sum", "MatMul", "Gemm", "ReduceSum",
        "ReduceProd", "CumSum", "Square"];

    private static readonly HashSet<string> Carriers =
    [
        "Identity", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Concat", "Slice", "Gather", "GatherElements", "GatherND", "Expand",
            "Tile", "Pad", "Where", "Clip",
        "Max", "Min", "Mod", "Relu", "ReduceMax", "ReduceMin", "MaxPool", "TopK", "DepthToSpace", "SpaceToDepth", "ScatterElements", "ScatterND",
            "Trilu",
    ];

    /// <summary>Keeps the first value of a node in the range of its type, and records that type.</summary>
    public static void Apply(NodeTranslation node)
    {
        bool isCast = node.Operator is "Cast" or "CastLike";
        OnnxElementType type = node.Operator == "CastLike" && node.Inputs.Count > 1 ? node.Types.Of(node.Inputs[1])
            : Arithmetic.Contains(node.Operator) || Carriers.Contains(node.Operator) ? Shared(node)
            : node.ResultType;
        if (type == OnnxElementType.Undefined || node.Outputs[0].Length == 0)
        {
            return;
        }

        node.Types.Add(node.Outputs[0], type);
        if (type.NarrowBits() > 0 && (isCast || Arithmetic.Contains(node.Operator)))
        {
            Reduce(node, type);
        }
    }

    // The exponent of a power and the condition of a choice have types of their own.
    private static OnnxElementType Shared(NodeTranslation node) => OperatorTable.Find(node.Operator) is not { } row ? OnnxElementType.Undefined
        : node.Inputs
        .Where((_, place) => row.OperandAt(place).Shares)
        .Select(node.Types.Of)
        .FirstOrDefault(type => type.NarrowBits() > 0);

    // Mod has the sign of the divisor; for signed types, values are shifted by half of the range before and back afterwards.
    private static void Reduce(NodeTranslation node, OnnxElementType type)
    {
        Operand range = Literal.Of(1L << type.NarrowBits());
        if (!type.IsSigned())
        {
            node.Behind("Mod", value => [value, range]);
            return;
        }

        Operand half = Literal.Of(1L << (type.NarrowBits() - 1));
        node.Behind("Sub", inner => [node.Emit("Mod", [node.Emit("Add", [inner, half]), range]), half]);
    }
}
