using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Parses the right side of a statement by operator precedence. Open parts (signs, operators, brackets, calls) are kept on an
/// <see cref="OperandStack"/>.
/// </summary>
internal sealed class OperandParser
{
    private readonly TokenReader tokens;
    private readonly DefinitionBuilder graph;
    private readonly FunctionTable functions;
    private readonly OperandStack stack;
    private readonly IndexReader indices;
    private readonly CallReader calls;
    private readonly MemberReader members;

    /// <summary>Parses these tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="graph">Where nodes are added.</param>
    /// <param name="functions">The functions that may be called.</param>
    /// <param name="maxPending">The maximum number of pending operands and operators.</param>
    public OperandParser(TokenReader tokens, DefinitionBuilder graph, FunctionTable functions, int maxPending)
    {
        (this.tokens, this.graph, this.functions) = (tokens, graph, functions);
        stack = new OperandStack(graph, functions, maxPending);
        indices = new IndexReader(tokens, graph, stack);
        calls = new CallReader(tokens, graph, functions, stack);
        members = new MemberReader(tokens, graph, stack, calls);
    }

    // By itself, 'not' is a name like any other.
    private bool AtNot => IsWord("not")
        && tokens.Next.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Open or TokenKind.OpenBracket or TokenKind.Bar or TokenKind.Root
        && BinaryOperator.Of(tokens.Next.Span.AsReadOnlySpan()) is null;

    /// <summary>Parses up to the end of the statement.</summary>
    public Operand Parse()
    {
        do
        {
            while (!TryReadOperand())
            {
            }
        }
        while (ReadOperator());

        WrittenOperand result = stack.Pop();
        graph.At(result.Start, result.End);
        return result.Value;
    }

    private bool IsWord(string word) => tokens.Current.Kind == TokenKind.Name && tokens.Current.Span.EqualsValue(word);

    // False if the token only begins an operand.
    private bool TryReadOperand()
    {
        Token<TokenKind> word = tokens.Current;
        switch (word.Kind)
        {
            case TokenKind.Number:
                stack.Push(tokens.Take(), Numbers.Read(word));
                return true;
            case TokenKind.Name when AtNot:
                return Begin(PendingKind.Prefix, BinaryOperator.Not);
            case TokenKind.Name when tokens.Next.Kind == TokenKind.Open:
                return calls.Open(word.Start(), stack.Count);
            case TokenKind.Name when members.AtModule:
                return members.ReadModule();
            case TokenKind.Name:
                RequireInput(word);
                stack.Push(tokens.Take(), graph.Reference(word));
                return true;
            case TokenKind.Open:
                return Begin(PendingKind.Parentheses);
            case TokenKind.OpenBracket:
                return Begin(PendingKind.List);
            case TokenKind.Bar:
                return Begin(PendingKind.Magnitude);
            case TokenKind.Root:
            case TokenKind.Operator when BinaryOperator.IsSign(word.Span.AsReadOnlySpan()):
                return Begin(PendingKind.Prefix, BinaryOperator.Sign);
            default:
                throw word.Unexpected("a number, a name or '('");
        }

        bool Begin(PendingKind kind, int precedence = 0)
        {
            bool isArgument = kind == PendingKind.Parentheses && stack.Top is { Kind: PendingKind.Call or PendingKind.Tuple };
            tokens.Take();
            stack.Push(new Pending(kind, word, precedence) { FirstOperand = stack.Count, IsArgument = isArgument });
            return false;
        }
    }

    // Words of other languages are no inputs.
    private void RequireInput(Token<TokenKind> word)
    {
        string name = word.ToStringValue();
        if (!graph.IsValue(name) && ForeignSyntax.Literal(name) is { } hint)
        {
            throw word.Unexpected("a number, a name or '('", hint);
        }

        if (name is "i" or "j" && graph.IsMissing(name))
        {
            throw word.Error($"'{name}' has no value, and complex numbers are not supported");
        }

        if (stack.Top?.Operator?.Symbol == "//" && tokens.Next.Kind is TokenKind.Separator or TokenKind.End && graph.IsMissing(name))
        {
            throw word.Error($"{word.Quoted()} has no value; a comment begins with '#'");
        }
    }

    // True if another operand must follow, false at the end of the statement.
    private bool ReadOperator()
    {
        while (true)
        {
            Token<TokenKind> word = tokens.Current;
            if (OperatorAt(word) is { } op)
            {
                stack.Push(tokens.Take(), op);
                return true;
            }

            if (IsWord("if"))
            {
                stack.Reduce(BinaryOperator.Conditional + 1);
                stack.Push(new Pending(PendingKind.If, tokens.Take()));
                return true;
            }

            bool mustFollow = word.Kind switch
            {
                TokenKind.Superscript => ReadExponent(),
                TokenKind.Dot => !members.ReadMember(),
                TokenKind.OpenBracket => indices.Open(),
                _ => ReadEnd(word),
            };
            if (mustFollow)
            {
                return true;
            }

            if (stack.Top is null && word.Kind is TokenKind.Separator or TokenKind.End)
            {
                return false;
            }
        }
    }

    private static BinaryOperator? OperatorAt(Token<TokenKind> word) => word.Kind switch
    {
        TokenKind.Operator => BinaryOperator.At(word.Span.AsReadOnlySpan()),
        TokenKind.Name => BinaryOperator.Of(word.Span.AsReadOnlySpan()),
        _ => null,
    };

    private bool ReadExponent()
    {
        Token<TokenKind> word = tokens.Take();
        WrittenOperand value = stack.Pop();
        graph.At(value.Start, word.End());
        stack.Push(word, graph.Add("Pow", [value.Value, Literal.Of(Superscript.Value(word.Span.AsReadOnlySpan()))]), value.Start);
        return false;
    }

    // At the end of an operand without a following operator: true if another operand must follow.
    private bool ReadEnd(Token<TokenKind> word)
    {
        if (word.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Open && !IsWord("else") && word.Span.AsReadOnlySpan()[0] != '.')
        {
            throw MissingOperator(word);
        }

        stack.Reduce(BinaryOperator.Conditional);
        switch ((stack.Top?.Kind, word.Kind))
        {
            case (null, TokenKind.Separator or TokenKind.End):
                return false;
            case (PendingKind.Parentheses, TokenKind.Close):
                tokens.Take();
                stack.Enclose(word);
                return false;
            case (PendingKind.Parentheses, TokenKind.Comma) when stack.Top is { IsArgument: true } open:
                tokens.Take();
                stack.PopPending();
                stack.Push(open with { Kind = PendingKind.Tuple });
                return tokens.Current.Kind != TokenKind.Close;
            case (PendingKind.Tuple, TokenKind.Close):
                EndList(word, ArrayLiteral.Tuple);
                return false;
            case (PendingKind.Call, TokenKind.Close):
                calls.Close();
                return false;
            case (PendingKind.Call, TokenKind.Comma):
                return !calls.Continue();
            case (PendingKind.List or PendingKind.Tuple, TokenKind.Comma):
                tokens.Take();
                return true;
            case (PendingKind.List, TokenKind.CloseBracket):
                EndList(word, ArrayLiteral.Of);
                return false;
            case (PendingKind.Magnitude, TokenKind.Bar):
                tokens.Take();
                stack.Enclose(word);
                WrittenOperand value = stack.Pop();
                graph.At(value.Start, value.End);
                stack.Push(word, graph.Add("Abs", [value.Value]), value.Start);
                return false;
            case (PendingKind.Index, TokenKind.Colon):
                return indices.Slice(word);
            case (PendingKind.Index, TokenKind.Comma or TokenKind.CloseBracket):
                return indices.EndPart(word);
            case (PendingKind.If, TokenKind.Name) when IsWord("else"):
                stack.PopPending();
                stack.Push(new Pending(PendingKind.Else, tokens.Take(), BinaryOperator.Conditional));
                return true;
            default:
                throw word.Unexpected(Follows);
        }
    }

    private string Follows => stack.Top is { } open ? open.Follows : "an operator or the end of the statement";

    private void EndList(Token<TokenKind> word, Func<Operand[], Token<TokenKind>, DefinitionBuilder, Operand> list)
    {
        tokens.Take();
        Pending open = stack.PopPending();
        graph.At(open.Word.Start(), word.End());
        stack.Push(word, list(stack.PopFrom(open.FirstOperand), word, graph), open.Word.Start());
    }

    // The left factor is what a product would multiply.
    private GraphException MissingOperator(Token<TokenKind> word)
    {
        stack.Reduce(BinaryOperator.Product);
        WrittenOperand left = stack.Last;
        string hint = new Juxtaposition(word.Span.Source!, left.Start, left.End, word.Place(), functions).Hint;
        stack.Reduce(BinaryOperator.Conditional);
        return word.Unexpected(Follows, $"; {hint}");
    }
}
