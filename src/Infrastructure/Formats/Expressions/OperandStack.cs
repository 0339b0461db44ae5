using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The parsed operands and the pending operators and brackets. Nesting takes memory here, never the thread's stack.</summary>
/// <param name="graph">Where nodes are added.</param>
/// <param name="functions">The functions that operators call.</param>
/// <param name="most">The maximum number of pending operands and operators.</param>
internal sealed class OperandStack(DefinitionBuilder graph, FunctionTable functions, int most)
{
    private readonly List<Operand> operands = [];
    private readonly Stack<Pending> pending = [];

    /// <summary>The number of operands.</summary>
    public int Count => operands.Count;

    /// <summary>The last pending entry; null if there is none.</summary>
    public Pending? Top => pending.TryPeek(out Pending top) ? top : null;

    /// <summary>Adds an operand.</summary>
    public void Push(Token<TokenKind> word, Operand operand)
    {
        RequireRoom(word);
        operands.Add(operand);
    }

    /// <summary>Adds a pending entry.</summary>
    public void Push(Pending item)
    {
        RequireRoom(item.Word);
        pending.Push(item);
    }

    /// <summary>Adds an operator between two operands, the first of which has been parsed.</summary>
    public void Push(Token<TokenKind> word, BinaryOperator op)
    {
        Reduce(op.IsLeftAssociative ? op.Precedence : op.Precedence + 1);
        if (op.Precedence == BinaryOperator.Comparison && Top is { Precedence: BinaryOperator.Comparison })
        {
            throw word.Error("comparisons do not chain: expected 'a < b and b < c'");
        }

        Push(new Pending(PendingKind.Binary, word, op.Precedence) { Operator = op });
    }

    /// <summary>Removes the last operand.</summary>
    public Operand Pop()
    {
        Operand last = operands[^1];
        operands.RemoveAt(operands.Count - 1);
        return last;
    }

    /// <summary>Removes the operands from an index on.</summary>
    public Operand[] PopFrom(int first)
    {
        Operand[] items = [.. operands[first..]];
        operands.RemoveRange(first, items.Length);
        return items;
    }

    /// <summary>Removes the last pending entry.</summary>
    public Pending PopPending() => pending.Pop();

    /// <summary>Applies the pending entries that bind at least as tightly as this.</summary>
    public void Reduce(int precedence)
    {
        while (pending.TryPeek(out Pending top) && top.Precedence >= precedence)
        {
            pending.Pop();
            Operand last = Pop();
            operands.Add(top.Kind switch
            {
                PendingKind.Binary => Binary(top, Pop(), last),
                PendingKind.Else => Conditional(Pop(), Pop(), last),
                _ => Prefix(top.Word, last),
            });
        }
    }

    private Operand Binary(Pending top, Operand left, Operand right)
    {
        BinaryOperator op = top.Operator!;
        Operand[] both = op.IsArithmetic ? graph.Numeric(left, right) : [left, right];
        Operand result = op.IsFunction ? functions.Apply(op.Op, new Call(top.Word, both, Call.NoKeywords), graph) : graph.Add(op.Op, both);
        return op.IsNegated ? graph.Add("Not", [result]) : result;
    }

    private Operand Conditional(Operand condition, Operand then, Operand otherwise) => graph.Add("Where", [condition, then, otherwise]);

    private Operand Prefix(Token<TokenKind> word, Operand operand) => word.ToStringValue() switch
    {
        "+" => operand,
        "not" => graph.Add("Not", [operand]),
        "√" => graph.Add("Sqrt", [operand]),
        _ when operand.Number is { Value.Shape.Rank: 0 } number => Numbers.Negated(number),
        _ => graph.Add("Neg", [operand]),
    };

    private void RequireRoom(Token<TokenKind> word)
    {
        if (pending.Count + operands.Count >= most)
        {
            string place = $"line {word.Position.Line}, column {word.Position.Column}";
            throw new LimitException("Limits:MaxNodes", most, $"more pending operands and operators at {place}", "expression");
        }
    }
}
