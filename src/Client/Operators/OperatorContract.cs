namespace Backprop.Client;

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

    /// <summary><c>ai.onnx</c> for an ONNX operator, <c>backprop</c> for a function that ONNX lacks.</summary>
    public required string Domain { get; init; }

    /// <summary>Its operands in order.</summary>
    public required IReadOnlyList<OperandSummary> Inputs { get; init; }

    /// <summary>Its attributes.</summary>
    public required IReadOnlyList<AttributeSummary> Attributes { get; init; }

    /// <summary>The names of its results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The rule by which it is differentiated, as text; operands are told apart as <c>a: …; b: …</c>.</summary>
    public required string Derivative { get; init; }

    /// <summary>The floating-point operations it takes, n being the elements of the result.</summary>
    public required string Flops { get; init; }

    /// <summary>True where it has a derivative that is not zero everywhere.</summary>
    public required bool Differentiable { get; init; }

    /// <summary>Whether it has a derivative, a zero one, or none.</summary>
    public required OperatorDerivative Differentiability { get; init; }
}

/// <summary>What differentiation can do with an operator.</summary>
public enum OperatorDerivative
{
    /// <summary>It has a derivative almost everywhere.</summary>
    Differentiable,

    /// <summary>Its derivative is zero wherever it exists, as in PyTorch.</summary>
    PiecewiseConstant,

    /// <summary>Its results are integers or truth values.</summary>
    None,
}

/// <summary>An operand of an operator.</summary>
public sealed record OperandSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>The element types that it may have, separated by commas.</summary>
    public required string Types { get; init; }

    /// <summary>True where it may be left out.</summary>
    public required bool Optional { get; init; }

    /// <summary>True where it may be repeated.</summary>
    public required bool Repeated { get; init; }

    /// <summary>True where it decides a shape: a constant, foldable, or an int64 input; it may be an attribute of the same name.</summary>
    public required bool Constant { get; init; }
}

/// <summary>An attribute of an operator.</summary>
public sealed record AttributeSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary><c>int</c>, <c>float</c>, <c>string</c> or <c>ints</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The value it has where it is not given; absent where there is none.</summary>
    public AttributeContract? Default { get; init; }

    /// <summary>True where it must be given.</summary>
    public required bool Required { get; init; }
}
