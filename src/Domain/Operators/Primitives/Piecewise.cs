using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Elementwise operations that are piecewise constant: comparisons, logic, rounding.</summary>
public static class Piecewise
{
    /// <summary>−1, 0 or 1.</summary>
    public static Primitive SignOp { get; } = Constant("Sign");

    /// <summary>Largest integer that is at most x.</summary>
    public static Primitive FloorOp { get; } = Constant("Floor");

    /// <summary>Smallest integer that is at least x.</summary>
    public static Primitive CeilOp { get; } = Constant("Ceil");

    /// <summary>Nearest integer, ties to even.</summary>
    public static Primitive RoundOp { get; } = Constant("Round");

    /// <summary>x = y.</summary>
    public static Primitive EqualOp { get; } = Constant("Equal");

    /// <summary>x &gt; y.</summary>
    public static Primitive GreaterOp { get; } = Constant("Greater");

    /// <summary>x ≥ y.</summary>
    public static Primitive GreaterOrEqualOp { get; } = Constant("GreaterOrEqual");

    /// <summary>x &lt; y.</summary>
    public static Primitive LessOp { get; } = Constant("Less");

    /// <summary>x ≤ y.</summary>
    public static Primitive LessOrEqualOp { get; } = Constant("LessOrEqual");

    /// <summary>Both.</summary>
    public static Primitive AndOp { get; } = Constant("And");

    /// <summary>Either or both.</summary>
    public static Primitive OrOp { get; } = Constant("Or");

    /// <summary>Either, not both.</summary>
    public static Primitive XorOp { get; } = Constant("Xor");

    /// <summary>The opposite.</summary>
    public static Primitive NotOp { get; } = Constant("Not");

    /// <summary>True for NaN.</summary>
    public static Primitive IsNaNOp { get; } = Constant("IsNaN");

    /// <summary>True for the selected infinities.</summary>
    public static Primitive IsInfOp { get; } = Constant("IsInf");
}
