using System.Collections.Frozen;

namespace Backprop.Compute.Compilation;

/// <summary>What a plan has to know of primitives: which move no data, and which may write over an operand.</summary>
public static class PrimitiveTraits
{
    private static readonly FrozenSet<string> Aliases = FrozenSet.Create("Identity", "StopGradient", "Reshape");

    private static readonly FrozenSet<string> Elementwise = FrozenSet.Create(
        "Sqrt", "Exp", "Log", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh",
        "Erf", "Erfc", "Floor", "Ceil", "Round", "Log1p", "Expm1", "Lgamma", "Digamma", "Polygamma", "Sigmoid", "Softplus",
        "Neg", "Abs", "Sign", "Cast", "Not", "IsNaN", "IsInf",
        "Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Mod", "Atan2", "Hypot",
        "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Where");

    /// <summary>True where the value is that of the first operand, under another shape perhaps.</summary>
    public static bool IsAlias(string name) => Aliases.Contains(name);

    /// <summary>True where the result is the first operand with some elements replaced, so that it may take its memory.</summary>
    public static bool WritesInto(string name) => name is "ScatterElements" or "ScatterND";

    /// <summary>
    /// True where each element of the result depends on one element of every operand, so that the result may take the
    /// memory of an operand that has as many elements and the same type.
    /// </summary>
    public static bool IsElementwise(string name) => Elementwise.Contains(name);
}
