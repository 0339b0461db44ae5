namespace Backprop.Client;

/// <summary>The operators that a graph may use.</summary>
public sealed record OperatorList
{
    /// <summary>All operators by name.</summary>
    public required IReadOnlyList<OperatorSummary> Items { get; init; }
}

/// <summary>An operator in the list.</summary>
public record OperatorSummary
{
    /// <summary>The name, as <c>op</c> of a node takes it.</summary>
    public required string Name { get; init; }

    /// <summary>The group it belongs to: <c>elementwise</c>, <c>reduction</c>, ….</summary>
    public string? Group { get; init; }

    /// <summary>The names of its operands; <c>?</c> behind an optional one, <c>…</c> behind one that may be repeated.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Its attributes.</summary>
    public required IReadOnlyList<AttributeSummary> Attributes { get; init; }

    /// <summary>The rule by which it is differentiated, as text.</summary>
    public required string Derivative { get; init; }

    /// <summary>The floating-point operations it takes, as a formula of its sizes.</summary>
    public required string Flops { get; init; }

    /// <summary>False where it has no derivative rule: a gradient through it is refused.</summary>
    public required bool Differentiable { get; init; }
}

/// <summary>An operator with all that is known about it.</summary>
public sealed record OperatorPage : OperatorSummary
{
    /// <summary>The names of its results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The rule by which the shape of the result follows, as text.</summary>
    public string? Shape { get; init; }

    /// <summary>The element types it takes, as text.</summary>
    public string? Types { get; init; }
}

/// <summary>An attribute of an operator.</summary>
public sealed record AttributeSummary
{
    /// <summary>Its ONNX name.</summary>
    public required string Name { get; init; }

    /// <summary>The value it has where it is not given; absent where there is none.</summary>
    public AttributeContract? Default { get; init; }

    /// <summary>True where it must be given.</summary>
    public required bool Required { get; init; }
}
