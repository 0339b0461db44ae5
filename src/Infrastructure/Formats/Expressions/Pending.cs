using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The kinds of pending entries.</summary>
internal enum PendingKind
{
    /// <summary>An operator between two operands.</summary>
    Binary,

    /// <summary>A sign, <c>not</c> or <c>√</c> before an operand.</summary>
    Prefix,

    /// <summary>The end of <c>a if c else b</c>, pending until <c>b</c> is parsed.</summary>
    Else,

    /// <summary>An open parenthesis.</summary>
    Parentheses,

    /// <summary>An open call.</summary>
    Call,

    /// <summary>The open bracket of an index.</summary>
    Index,

    /// <summary>The open bracket of a list.</summary>
    List,

    /// <summary>The open parenthesis of a tuple, which is an argument of a call.</summary>
    Tuple,

    /// <summary>The open bar of a magnitude.</summary>
    Magnitude,

    /// <summary>The condition of <c>a if c else b</c>.</summary>
    If,
}

/// <summary>A pending operator or bracket.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Word">Its token: the operator, the bracket or the name of the function.</param>
/// <param name="Precedence">How tightly it binds; 0 if only its closing token ends it.</param>
internal sealed record Pending(PendingKind Kind, Token<TokenKind> Word, int Precedence = 0)
{
    /// <summary>The operator between two operands, if it is one.</summary>
    public BinaryOperator? Operator { get; init; }

    /// <summary>The index of a call's or list's first item among the operands.</summary>
    public int FirstOperand { get; init; }

    /// <summary>Where a call begins: at its name, its module or its first operand.</summary>
    public int Start { get; init; }

    /// <summary>The equation with which a call of einsum begins.</summary>
    public Keyword? Equation { get; init; }

    /// <summary>True for a parenthesis in the arguments of a call, where it may be a tuple.</summary>
    public bool IsArgument { get; init; }

    /// <summary>The parsed parts of an index.</summary>
    public IndexParts? Index { get; init; }

    /// <summary>What may follow an operand, for messages.</summary>
    public string Follows => Kind switch
    {
        PendingKind.Call => "an operator, ',' or ')'",
        PendingKind.Index => "an operator, ':', ',' or ']'",
        PendingKind.List => "an operator, ',' or ']'",
        PendingKind.Tuple => "an operator, ',' or ')'",
        PendingKind.Magnitude => "an operator or '|'",
        PendingKind.If => "an operator or 'else'",
        _ => "an operator or ')'",
    };
}
