using System.Collections.Frozen;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>
/// Which elementwise primitives an emitted loop computes, and with which function. Names are those of the host's vector math; most are the
/// primitive's own.
/// </summary>
internal static class LoopOperation
{
    /// <summary>True if the function also reads the operands' positions in a row.</summary>
    public static bool TakesColumn(string name) => name is "Pick" or "Put" or "PutAdded";

    /// <summary>True if the result is a truth value.</summary>
    public static bool IsTruth(string name) => Truths.Contains(name);

    /// <summary>True for functions of many instructions; a loop holds only a limited number of them.</summary>
    public static bool IsLong(string name) => Long.Contains(name);

    /// <summary>The result of reducing nothing: accumulators start with it, and it pads the last vector of a row.</summary>
    public static double Identity(string fold) => fold switch
    {
        "Max" or "MaxNative" => double.NegativeInfinity,
        "Min" => double.PositiveInfinity,
        _ => 0,
    };

    private static readonly FrozenSet<string> Long = FrozenSet.Create(
        "Exp", "Log", "Sin", "Cos", "Tan", "Sinh", "Cosh", "Tanh", "Erf", "Erfc", "Log1p", "Expm1", "Sigmoid", "Softplus");

    private static readonly FrozenSet<string> Short = FrozenSet.Create(
        "Sqrt", "Neg", "Abs", "Sign", "Floor", "Ceil", "Round", "Add", "Sub", "Mul", "Div", "Max", "Min", "Hypot");

    private static readonly FrozenSet<string> Truths = FrozenSet.Create(
        "IsNaN", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "Same", "ToTruth");

    /// <summary>
    /// The function that computes a node, or null if loops have none because the element types, the operation or an attribute do not fit.
    /// </summary>
    /// <param name="node">An elementwise node.</param>
    /// <param name="dtype">The float type of the loop; all other values must be bool.</param>
    public static string? Of(Node node, DType dtype)
    {
        if (!Fits(node.DType, dtype) || !node.Inputs.All(input => Fits(input.DType, dtype)))
        {
            return null;
        }

        bool isTruth = node.Inputs[0].DType == DType.Bool;
        return node.Op.Name switch
        {
            "Cast" => (isTruth, node.DType == DType.Bool) switch
            {
                (true, false) => "FromTruth",
                (false, true) => "ToTruth",
                _ => "Identity",
            },
            "Equal" => isTruth ? "Same" : "Equal",
            "Where" => "Where",
            "Pow" => Power(node.Inputs[1]),
            "And" or "Or" or "Xor" or "Not" => node.Op.Name,
            "IsNaN" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" when !isTruth => node.Op.Name,
            string name when !isTruth && (Long.Contains(name) || Short.Contains(name)) => name,
            _ => null,
        };
    }

    // The exponents that are frequent in gradients; the ordinary kernel treats them the same way.
    private static string? Power(Node exponent) => exponent.Value is { Count: 1 } value
        ? value[0] switch { 1 => "Identity", 2 => "Square", 3 => "Cube", -1 => "Reciprocal", _ => null }
        : null;

    private static bool Fits(DType mine, DType dtype) => mine == dtype || mine == DType.Bool;
}
