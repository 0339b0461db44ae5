using System.Collections.Frozen;

namespace Backprop.Compute.Compilation;

/// <summary>What a plan needs to know about primitives: which move no data, and which may overwrite an operand.</summary>
public static class PrimitiveTraits
{
    private static readonly FrozenSet<string> Aliases = FrozenSet.Create("Identity", "StopGradient", "Reshape");

    private static readonly FrozenSet<string> Elementwise = FrozenSet.Create(
        "Sqrt", "Exp", "Log", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh",
        "Erf", "Erfc", "Floor", "Ceil", "Round", "Log1p", "Expm1", "Lgamma", "Digamma", "Polygamma", "Sigmoid", "Softplus",
        "Neg", "Abs", "Sign", "Cast", "Not", "IsNaN", "IsInf",
        "Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Mod", "Atan2", "Hypot",
        "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Where");

    /// <summary>True if the value is that of the first operand, possibly with another shape.</summary>
    public static bool IsAlias(string name) => Aliases.Contains(name);

    /// <summary>True if the result is the first operand with some elements replaced, so that it may take that operand's memory.</summary>
    public static bool WritesInto(string name) => name is "ScatterElements" or "ScatterND";

    /// <summary>
    /// True if each element of the result depends on one element of every operand, so that the result may take the memory of an operand with the same
    /// type and number of elements.
    /// </summary>
    public static bool IsElementwise(string name) => Elementwise.Contains(name);
}
