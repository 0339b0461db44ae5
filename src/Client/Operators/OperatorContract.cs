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
    /// <summary>Its name, the value of <c>op</c> of a node.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Its domain: <c>ai.onnx</c>, <c>ai.onnx.preview.training</c> for training steps, or <c>backprop</c> for functions that ONNX lacks.
    /// </summary>
    public required string Domain { get; init; }

    /// <summary>Its operands in order.</summary>
    public required IReadOnlyList<OperandSummary> Inputs { get; init; }

    /// <summary>Its attributes.</summary>
    public required IReadOnlyList<AttributeSummary> Attributes { get; init; }

    /// <summary>The names of its results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Its derivative rule, as text.</summary>
    public required string Derivative { get; init; }

    /// <summary>
    /// For elementwise operators: where value and derivative are not accurate to four units in the last place, and why; absent if they are.
    /// </summary>
    public string? Precision { get; init; }

    /// <summary>Its floating-point operations, as a formula of its sizes.</summary>
    public required string Flops { get; init; }

    /// <summary>False if its derivative is zero everywhere or does not exist.</summary>
    public required bool Differentiable { get; init; }

    /// <summary>The kind of derivative it has.</summary>
    public required OperatorDerivative Differentiability { get; init; }
}

/// <summary>The kind of derivative an operator has.</summary>
public enum OperatorDerivative
{
    /// <summary>A derivative almost everywhere.</summary>
    Differentiable,

    /// <summary>A derivative that is zero wherever it exists: rounding, comparisons.</summary>
    PiecewiseConstant,

    /// <summary>None: its results are integers or booleans.</summary>
    None,
}

/// <summary>An operand of an operator.</summary>
public sealed record OperandSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>The element types it accepts, as text.</summary>
    public required string Types { get; init; }

    /// <summary>True if it is optional.</summary>
    public required bool Optional { get; init; }

    /// <summary>True if it may be repeated.</summary>
    public required bool Repeated { get; init; }

    /// <summary>True if its value must be known before the graph runs, because it determines a shape.</summary>
    public required bool Constant { get; init; }
}

/// <summary>An attribute of an operator.</summary>
public sealed record AttributeSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type: <c>int</c>, <c>float</c>, <c>string</c>, or a list such as <c>ints</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its default; absent if there is none.</summary>
    public AttributeContract? Default { get; init; }

    /// <summary>True if it is required.</summary>
    public required bool Required { get; init; }
}
