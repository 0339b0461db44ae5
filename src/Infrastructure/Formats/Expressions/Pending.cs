using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>What waits for its operand: an operator, a sign, an open parenthesis or an open call.</summary>
/// <param name="Word">Where it was written: the operator, the parenthesis or the name of the function.</param>
/// <param name="Precedence">How tightly it binds; <see cref="Frame"/> for what only <c>)</c> ends.</param>
/// <param name="Operator">The operator between two operands, if it is one.</param>
/// <param name="FirstOperand">The place of a call's first argument among the operands, or <see cref="NoCall"/>.</param>
internal readonly record struct Pending(Token<TokenKind> Word, int Precedence, BinaryOperator? Operator, int FirstOperand)
{
    /// <summary>The precedence of parentheses and calls.</summary>
    public const int Frame = 0;

    /// <summary>Marks all that is no call.</summary>
    public const int NoCall = -1;

    /// <summary>True for a call.</summary>
    public bool IsCall => FirstOperand != NoCall;
}
