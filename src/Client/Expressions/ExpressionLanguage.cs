using Backprop.Client.Values;

namespace Backprop.Client.Expressions;

/// <summary>The language of the member <c>expression</c>.</summary>
public sealed record ExpressionLanguage
{
    /// <summary>Statements, numbers, names, indices and calls.</summary>
    public required IReadOnlyList<ExpressionNotation> Notation { get; init; }

    /// <summary>The operators from the loosest to the tightest.</summary>
    public required IReadOnlyList<ExpressionOperator> Operators { get; init; }

    /// <summary>The names that are numbers unless a statement defines them.</summary>
    public required IReadOnlyList<ExpressionConstant> Constants { get; init; }

    /// <summary>The functions, family by family.</summary>
    public required IReadOnlyList<ExpressionFunction> Functions { get; init; }

    /// <summary>Expressions with their values and derivatives.</summary>
    public required IReadOnlyList<ExpressionExample> Examples { get; init; }
}

/// <summary>A notation that is no operator.</summary>
public sealed record ExpressionNotation
{
    /// <summary>What it belongs to: statements, numbers and names, elements and axes, calls.</summary>
    public required string Topic { get; init; }

    /// <summary>Its forms, each an expression.</summary>
    public required IReadOnlyList<string> Forms { get; init; }

    /// <summary>What they mean.</summary>
    public required string Meaning { get; init; }
}

/// <summary>Operators that bind equally tightly and mean the same.</summary>
public sealed record ExpressionOperator
{
    /// <summary>The forms, with operands a and b.</summary>
    public required IReadOnlyList<string> Forms { get; init; }

    /// <summary>How tightly they bind: the larger, the more tightly.</summary>
    public required int Precedence { get; init; }

    /// <summary>How several of one precedence group.</summary>
    public required ExpressionAssociativity Associativity { get; init; }

    /// <summary>What they mean.</summary>
    public required string Meaning { get; init; }
}

/// <summary>How several operators of one precedence group.</summary>
public enum ExpressionAssociativity
{
    /// <summary>From the left.</summary>
    Left,

    /// <summary>From the right.</summary>
    Right,

    /// <summary>They do not follow each other.</summary>
    None,
}

/// <summary>A name that is a number unless a statement defines it.</summary>
public sealed record ExpressionConstant
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The number.</summary>
    public required double Value { get; init; }

    /// <summary>What it is.</summary>
    public required string Meaning { get; init; }
}

/// <summary>A function.</summary>
public sealed record ExpressionFunction
{
    /// <summary>Its name; upper case and underscores do not count.</summary>
    public required string Name { get; init; }

    /// <summary>Further names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The kind of function.</summary>
    public required string Family { get; init; }

    /// <summary>How it is called, for a person: <c>sum(x, axis=None, keepdims=False)</c>.</summary>
    public required string Signature { get; init; }

    /// <summary>Its operands in order.</summary>
    public required IReadOnlyList<ExpressionOperand> Operands { get; init; }

    /// <summary>Its keywords.</summary>
    public required IReadOnlyList<ExpressionKeyword> Keywords { get; init; }

    /// <summary>The operator of <c>GET /operators</c> that it applies; absent if it is composed of several.</summary>
    public string? Operator { get; init; }

    /// <summary>What it computes, in one line.</summary>
    public required string Meaning { get; init; }
}

/// <summary>An operand of a function.</summary>
public sealed record ExpressionOperand
{
    /// <summary>Its name, which calls do not write.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it may be omitted.</summary>
    public required bool Optional { get; init; }

    /// <summary>Whether it may be repeated.</summary>
    public required bool Repeated { get; init; }
}

/// <summary>A keyword of a function.</summary>
public sealed record ExpressionKeyword
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its default as an expression writes it; absent if the keyword is required.</summary>
    public string? Default { get; init; }
}

/// <summary>An expression with its value and derivatives.</summary>
public sealed record ExpressionExample
{
    /// <summary>The expression.</summary>
    public required string Expression { get; init; }

    /// <summary>The values of its inputs.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Inputs { get; init; }

    /// <summary>Its value.</summary>
    public required double Value { get; init; }

    /// <summary>Its derivative with respect to each input.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Gradients { get; init; }
}
