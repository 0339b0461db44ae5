using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Parses an index between its brackets. Its methods return true if an operand must follow, false if the index has ended.</summary>
internal sealed class IndexReader(TokenReader tokens, DefinitionBuilder graph, OperandStack stack)
{
    private IndexParts Parts => stack.Top!.Index!;

    private bool AtNewAxis => tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind is TokenKind.Comma or TokenKind.CloseBracket
        && tokens.Current.Span.ToStringValue() is "None" or "newaxis";

    /// <summary>Reads the opening bracket after the indexed operand.</summary>
    public bool Open()
    {
        Token<TokenKind> word = tokens.Take();
        stack.Push(new Pending(PendingKind.Index, word) { Index = new IndexParts(word) });
        return ReadPart();
    }

    /// <summary>Reads the colon after the start of a slice.</summary>
    public bool Slice(Token<TokenKind> colon) => ReadSlice(Bound(stack.Pop().Value, colon));

    /// <summary>Ends a part that is an operand.</summary>
    public bool EndPart(Token<TokenKind> word)
    {
        Operand place = stack.Pop().Value;
        if (graph.IsTruth(place))
        {
            throw word.Error("a mask selects a number of elements that depends on the data: expected where(mask, x, 0)");
        }

        Parts.Add(place, word);
        return Next();
    }

    private bool ReadPart()
    {
        switch (tokens.Current.Kind)
        {
            case TokenKind.CloseBracket:
                return Next();
            case TokenKind.Colon:
                return ReadSlice(null);
            case TokenKind.Ellipsis:
                Parts.AddEllipsis(tokens.Take());
                return Next();
            case TokenKind.Name when AtNewAxis:
                tokens.Take();
                Parts.AddAxis();
                return Next();
            default:
                return true;
        }
    }

    private bool ReadSlice(long? start)
    {
        tokens.Take();
        long? stop = ReadBound();
        long? step = tokens.TryTake(TokenKind.Colon) ? ReadBound() : null;
        if (step == 0)
        {
            throw tokens.Current.Error("the step of a slice must not be 0");
        }

        Parts.AddSlice(start, stop, step);
        return Next();
    }

    private bool Next()
    {
        if (tokens.TryTake(TokenKind.Comma))
        {
            return ReadPart();
        }

        Token<TokenKind> word = tokens.Current;
        if (word.Kind != TokenKind.CloseBracket)
        {
            throw word.Unexpected("',' or ']'");
        }

        tokens.Take();
        IndexParts parts = stack.PopPending().Index!;
        WrittenOperand value = stack.Pop();
        graph.At(value.Start, word.End());
        stack.Push(word, parts.Apply(value.Value, graph), value.Start);
        return false;
    }

    private long? ReadBound()
    {
        bool isNegative = tokens.Current.Kind == TokenKind.Operator && BinaryOperator.IsMinus(tokens.Current.Span.AsReadOnlySpan());
        if (isNegative)
        {
            tokens.Take();
        }

        if (tokens.Current.Kind != TokenKind.Number)
        {
            return isNegative ? throw tokens.Current.Unexpected("a whole number") : null;
        }

        Token<TokenKind> word = tokens.Take();
        return Bound(isNegative ? Numbers.Negated(Numbers.Read(word)) : Numbers.Read(word), word);
    }

    // −0 is written as a double.
    private static long Bound(Operand operand, Token<TokenKind> at) => operand.Number?.Value switch
    {
        { DType: DType.Int64, Shape.Rank: 0 } number => number.Values<long>()[0],
        { Shape.Rank: 0 } zero when zero[0] == 0 => 0,
        _ => throw at.Error("the bounds of a slice must be whole numbers, as in x[1:3]"),
    };
}
