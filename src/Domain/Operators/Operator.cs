using System.Collections.Immutable;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Operators;

/// <summary>An entry of the operator table: what users may name in a graph.</summary>
/// <param name="Name">The ONNX name, or ours if ONNX has none.</param>
/// <param name="Operands">The operands in order.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="Outputs">The names of the values that it makes; the last one ends in "*" if it may repeat.</param>
/// <param name="Build">Its definition as a graph of primitives, which also infers the types.</param>
/// <param name="Derivative">The derivative rule as text.</param>
/// <param name="Flops">The floating-point operations as text; n is the number of elements of the result unless stated otherwise.</param>
/// <param name="Differentiability">Whether it has a derivative.</param>
public sealed record Operator(
    string Name,
    ImmutableArray<OperandSpec> Operands,
    ImmutableArray<AttributeSpec> Attributes,
    ImmutableArray<string> Outputs,
    Func<OperatorCall, Node[]> Build,
    string Derivative,
    string Flops,
    Differentiability Differentiability)
{
    /// <summary>
    /// Where value and derivatives are not within four units in the last place (for float32, two of the rounded float64), and why; null if they
    /// always are. Only elementwise operators have one.
    /// </summary>
    public string? Precision { get; init; }

    /// <summary>The fewest operands.</summary>
    public int MinOperands { get; } = Operands.Count(operand => !operand.Optional && !operand.Static);

    /// <summary>The most operands; <see cref="int.MaxValue"/> if the last one repeats.</summary>
    public int MaxOperands { get; } = Operands.Any(operand => operand.Variadic) ? int.MaxValue : Operands.Length;

    /// <summary>The operand at an index; if the last one repeats, it covers all that follow.</summary>
    public OperandSpec OperandAt(int place) => Operands[Math.Min(place, Operands.Length - 1)];

    /// <summary>ONNX's domain of the operator; <c>backprop</c> for the functions that we add.</summary>
    public string Domain => OperatorTable.Extensions.Contains(Name) ? "backprop" : OperatorTable.Training.Contains(Name) ? "ai.onnx.preview.training"
        : "ai.onnx";

    /// <inheritdoc/>
    public bool Equals(Operator? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What differentiation can do with an operator.</summary>
public enum Differentiability
{
    /// <summary>It has a derivative almost everywhere.</summary>
    Differentiable,

    /// <summary>Its derivative is zero wherever it exists.</summary>
    PiecewiseConstant,

    /// <summary>Its results are integers or truth values, which have no derivative.</summary>
    NotDifferentiable,
}
