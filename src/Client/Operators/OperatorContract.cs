using Backprop.Client.Graphs;

namespace Backprop.Client.Operators;

/// <summary>The operators that a graph may use.</summary>
public sealed record OperatorList
{
    /// <summary>All operators by name.</summary>
    public required IReadOnlyList<OperatorPage> Items { get; init; }
}

/// <summary>An operator.</summary>
public sealed record OperatorPage
{
    /// <summary>The name, as <c>op</c> of a node takes it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Who defines it: <c>ai.onnx</c>, <c>ai.onnx.preview.training</c> for steps of training, or <c>backprop</c> for the functions that ONNX lacks.
    /// </summary>
    public required string Domain { get; init; }

    /// <summary>Its operands in order.</summary>
    public required IReadOnlyList<OperandSummary> Inputs { get; init; }

    /// <summary>Its attributes.</summary>
    public required IReadOnlyList<AttributeSummary> Attributes { get; init; }

    /// <summary>The names of its results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The rule by which it is differentiated, as text.</summary>
    public required string Derivative { get; init; }

    /// <summary>
    /// For elementwise operators: where value and derivative are not within four units of the last place, and why; absent where they are.
    /// </summary>
    public string? Precision { get; init; }

    /// <summary>The floating-point operations it takes, as a formula of its sizes.</summary>
    public required string Flops { get; init; }

    /// <summary>False where its derivative is zero everywhere or where it has none.</summary>
    public required bool Differentiable { get; init; }

    /// <summary>What kind of derivative it has.</summary>
    public required OperatorDerivative Differentiability { get; init; }
}

/// <summary>What kind of derivative an operator has.</summary>
public enum OperatorDerivative
{
    /// <summary>A derivative almost everywhere.</summary>
    Differentiable,

    /// <summary>The derivative zero wherever there is one: rounding, comparisons.</summary>
    PiecewiseConstant,

    /// <summary>None: its results are integers or booleans.</summary>
    None,
}

/// <summary>An operand of an operator.</summary>
public sealed record OperandSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>The element types it takes, as text.</summary>
    public required string Types { get; init; }

    /// <summary>True where it may be left out.</summary>
    public required bool Optional { get; init; }

    /// <summary>True where it may be repeated.</summary>
    public required bool Repeated { get; init; }

    /// <summary>True where its value must be known before the graph runs, because it gives a shape.</summary>
    public required bool Constant { get; init; }
}

/// <summary>An attribute of an operator.</summary>
public sealed record AttributeSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>What it takes: <c>int</c>, <c>float</c>, <c>string</c>, or a list such as <c>ints</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The value it has where it is not given; absent where there is none.</summary>
    public AttributeContract? Default { get; init; }

    /// <summary>True where it must be given.</summary>
    public required bool Required { get; init; }
}
