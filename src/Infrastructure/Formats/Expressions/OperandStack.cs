using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The parsed operands and the pending operators and brackets. Nesting takes memory here, never the thread's stack.</summary>
/// <param name="graph">Where nodes are added.</param>
/// <param name="functions">The functions that operators call.</param>
/// <param name="most">The maximum number of pending operands and operators.</param>
internal sealed class OperandStack(DefinitionBuilder graph, FunctionTable functions, int most)
{
    private readonly List<WrittenOperand> operands = [];
    private readonly Stack<Pending> pending = [];

    /// <summary>The number of operands.</summary>
    public int Count => operands.Count;

    /// <summary>The last operand.</summary>
    public WrittenOperand Last => operands[^1];

    /// <summary>The last pending entry; null if there is none.</summary>
    public Pending? Top => pending.TryPeek(out Pending? top) ? top : null;

    /// <summary>Adds an operand that a token writes.</summary>
    public void Push(Token<TokenKind> word, Operand operand) => Push(word, operand, word.Start());

    /// <summary>Adds an operand that begins before the token at which it ends.</summary>
    public void Push(Token<TokenKind> word, Operand operand, int start)
    {
        RequireRoom(word);
        operands.Add(new WrittenOperand(operand, start, word.End()));
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
    public WrittenOperand Pop()
    {
        WrittenOperand last = operands[^1];
        operands.RemoveAt(operands.Count - 1);
        return last;
    }

    /// <summary>Removes the operands from an index on.</summary>
    public Operand[] PopFrom(int first)
    {
        var items = new Operand[operands.Count - first];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = operands[first + i].Value;
        }

        operands.RemoveRange(first, items.Length);
        return items;
    }

    /// <summary>Removes the last pending entry.</summary>
    public Pending PopPending() => pending.Pop();

    /// <summary>Ends a pending parenthesis, which belongs to the text of its operand.</summary>
    public void Enclose(Token<TokenKind> close) =>
        operands[^1] = new WrittenOperand(operands[^1].Value, pending.Pop().Word.Start(), close.End());

    /// <summary>Applies the pending entries that bind at least as tightly as this.</summary>
    public void Reduce(int precedence)
    {
        while (pending.TryPeek(out Pending? top) && top.Precedence >= precedence)
        {
            pending.Pop();
            int count = top.Kind switch { PendingKind.Binary => 2, PendingKind.Else => 3, _ => 1 };
            int start = top.Kind == PendingKind.Prefix ? top.Word.Start() : operands[^count].Start;
            int end = operands[^1].End;
            graph.At(start, end);
            Operand result = Apply(top, PopFrom(operands.Count - count));
            operands.Add(new WrittenOperand(result, start, end));
        }
    }

    private Operand Apply(Pending top, Operand[] of) => top.Kind switch
    {
        PendingKind.Binary => Binary(top, of[0], of[1]),
        PendingKind.Else => graph.Add("Where", [of[1], of[0], of[2]]),
        _ => Prefix(top.Word, of[0]),
    };

    private Operand Binary(Pending top, Operand left, Operand right)
    {
        BinaryOperator op = top.Operator!;
        Operand[] both = op.IsArithmetic ? graph.Numeric(left, right) : [left, right];
        Operand result = op.IsFunction ? functions.Apply(op.Op, new Call(top.Word, both, Call.NoKeywords), graph) : graph.Add(op.Op, both);
        return op.IsNegated ? graph.Add("Not", [result]) : result;
    }

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
            throw new LimitException("Limits:MaxNodes", most, $"more pending operands and operators at {word.Place()}", "expression");
        }
    }
}
