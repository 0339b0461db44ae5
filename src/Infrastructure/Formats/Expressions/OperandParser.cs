using System.Collections.ObjectModel;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Reads the right side of a statement by operator precedence. What is open (signs, operators, parentheses, calls) waits
/// on a stack of its own, so that nesting costs memory and never the thread's stack.
/// </summary>
internal sealed class OperandParser(TokenReader tokens, DefinitionBuilder graph, FunctionTable functions, int maxPending)
{
    private readonly List<Operand> operands = [];
    private readonly Stack<Pending> pending = [];

    private bool AtKeyword => tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign;

    /// <summary>Reads up to the end of the statement.</summary>
    public Operand Parse()
    {
        do
        {
            ReadOperand();
        }
        while (ReadOperator());

        Operand result = operands[^1];
        operands.Clear();
        return result;
    }

    private void ReadOperand()
    {
        while (true)
        {
            Token<TokenKind> word = tokens.Current;
            switch (word.Kind)
            {
                case TokenKind.Number:
                    tokens.Take();
                    Push(word, Numbers.Read(word));
                    return;
                case TokenKind.Name when tokens.Next.Kind == TokenKind.Open:
                    tokens.Take();
                    tokens.Take();
                    Push(new Pending(word, Pending.Frame, null, operands.Count));
                    if (ReadKeywords(mayClose: true))
                    {
                        return;
                    }

                    break;
                case TokenKind.Name:
                    tokens.Take();
                    Push(word, graph.Reference(word));
                    return;
                case TokenKind.Open:
                    tokens.Take();
                    Push(new Pending(word, Pending.Frame, null, Pending.NoCall));
                    break;
                case TokenKind.Operator when word.Span.EqualsValue("-") || word.Span.EqualsValue("+"):
                    tokens.Take();
                    Push(new Pending(word, BinaryOperator.Sign, null, Pending.NoCall));
                    break;
                default:
                    throw word.Unexpected("a number, a name or '('");
            }
        }
    }

    // True where another operand must follow, false at the end of the statement.
    private bool ReadOperator()
    {
        while (true)
        {
            Token<TokenKind> word = tokens.Current;
            if (word.Kind == TokenKind.Operator)
            {
                tokens.Take();
                Push(word, BinaryOperator.At(word.Span.AsReadOnlySpan())!);
                return true;
            }

            Reduce(BinaryOperator.Comparison);
            Pending? frame = pending.TryPeek(out Pending top) ? top : null;
            switch (word.Kind)
            {
                case TokenKind.Close when frame is not null:
                    Close(ReadOnlyDictionary<string, Keyword>.Empty);
                    break;
                case TokenKind.Comma when frame is { IsCall: true }:
                    tokens.Take();
                    if (!ReadKeywords(mayClose: false))
                    {
                        return true;
                    }

                    break;
                case TokenKind.Separator or TokenKind.End when frame is null:
                    return false;
                default:
                    throw word.Unexpected(frame switch
                    {
                        null => "an operator or the end of the statement",
                        { IsCall: true } => "an operator, ',' or ')'",
                        _ => "an operator or ')'",
                    });
            }
        }
    }

    // At the beginning of an argument: true where the call ended here, which leaves its value as an operand.
    private bool ReadKeywords(bool mayClose)
    {
        if (mayClose && tokens.Current.Kind == TokenKind.Close)
        {
            Close(ReadOnlyDictionary<string, Keyword>.Empty);
            return true;
        }

        if (!AtKeyword)
        {
            return false;
        }

        Dictionary<string, Keyword> keywords = [];
        do
        {
            if (!AtKeyword)
            {
                throw tokens.Current.Unexpected("another 'keyword = …', as operands stand before keywords");
            }

            Keyword keyword = graph.Resolve(Keyword.Read(tokens));
            if (!keywords.TryAdd(keyword.Name, keyword))
            {
                throw keyword.Word.Error($"{keyword.Word.Quoted()} is given twice");
            }
        }
        while (tokens.TryTake(TokenKind.Comma));
        Close(keywords);
        return true;
    }

    private void Close(IReadOnlyDictionary<string, Keyword> keywords)
    {
        if (tokens.Current.Kind != TokenKind.Close)
        {
            throw tokens.Current.Unexpected("',' or ')'");
        }

        tokens.Take();
        Pending frame = pending.Pop();
        if (frame.IsCall)
        {
            Operand[] arguments = [.. operands[frame.FirstOperand..]];
            operands.RemoveRange(frame.FirstOperand, arguments.Length);
            operands.Add(functions.Apply(new Call(frame.Word, arguments, keywords), graph));
        }
    }

    private void Push(Token<TokenKind> word, BinaryOperator op)
    {
        Reduce(op.IsLeftAssociative ? op.Precedence : op.Precedence + 1);
        if (op.Precedence == BinaryOperator.Comparison && pending.TryPeek(out Pending top) && top.Precedence == BinaryOperator.Comparison)
        {
            throw word.Error("comparisons do not chain: expected parentheses, or logical_and of two comparisons");
        }

        Push(new Pending(word, op.Precedence, op, Pending.NoCall));
    }

    private void Push(Pending item)
    {
        RequireRoom(item.Word);
        pending.Push(item);
    }

    private void Push(Token<TokenKind> word, Operand operand)
    {
        RequireRoom(word);
        operands.Add(operand);
    }

    private void RequireRoom(Token<TokenKind> word)
    {
        if (pending.Count + operands.Count >= maxPending)
        {
            string place = $"line {word.Position.Line}, column {word.Position.Column}";
            throw new LimitException("Limits:MaxNodes", maxPending, $"more operands and operators waiting at {place}", "expression");
        }
    }

    // Applies what waits and binds at least as tightly as this.
    private void Reduce(int precedence)
    {
        while (pending.TryPeek(out Pending top) && top.Precedence >= precedence)
        {
            pending.Pop();
            Operand right = operands[^1];
            operands.RemoveAt(operands.Count - 1);
            if (top.Operator is { } op)
            {
                Operand left = operands[^1];
                operands.RemoveAt(operands.Count - 1);
                Operand result = graph.Add(op.Op, [left, right]);
                operands.Add(op.IsNegated ? graph.Add("Not", [result]) : result);
            }
            else
            {
                operands.Add(Signed(top.Word, right));
            }
        }
    }

    private Operand Signed(Token<TokenKind> sign, Operand operand) =>
        sign.Span.EqualsValue("+") ? operand
        : operand.Number is { } number ? Numbers.Negated(number)
        : graph.Add("Neg", [operand]);
}
