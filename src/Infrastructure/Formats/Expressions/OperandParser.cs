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
    }

    private bool AtKeyword => tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign;

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

        return stack.Pop();
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
                tokens.Take();
                Begin(PendingKind.Call);
                return ReadKeywords(mayClose: true);
            case TokenKind.Name:
                stack.Push(tokens.Take(), graph.Reference(word));
                return true;
            case TokenKind.Open:
                return Begin(PendingKind.Parentheses);
            case TokenKind.OpenBracket:
                return Begin(PendingKind.List);
            case TokenKind.Bar:
                return Begin(PendingKind.Magnitude);
            case TokenKind.Root:
            case TokenKind.Operator when word.ToStringValue() is "-" or "+" or "−":
                return Begin(PendingKind.Prefix, BinaryOperator.Sign);
            default:
                throw word.Unexpected("a number, a name or '('");
        }

        bool Begin(PendingKind kind, int precedence = 0)
        {
            tokens.Take();
            stack.Push(new Pending(kind, word, precedence) { FirstOperand = stack.Count });
            return false;
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

            if (ReadPostfix(word))
            {
                continue;
            }

            if (word.Kind == TokenKind.OpenBracket ? indices.Open() : ReadEnd(word))
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

    // Parses what follows an operand and binds tighter than any operator.
    private bool ReadPostfix(Token<TokenKind> word)
    {
        switch (word.Kind)
        {
            case TokenKind.Superscript:
                tokens.Take();
                stack.Push(word, graph.Add("Pow", [stack.Pop(), Literal.Of(Superscript.Value(word.Span.AsReadOnlySpan()))]));
                return true;
            case TokenKind.Dot:
                tokens.Take();
                stack.Push(word, Property(stack.Pop()));
                return true;
            default:
                return false;
        }
    }

    private Operand Property(Operand value)
    {
        Token<TokenKind> name = tokens.Take();
        string hint = tokens.Current.Kind == TokenKind.Open ? $"methods are not supported, expected {name.ToStringValue()}(…)" : "expected T or mT";
        return name.ToStringValue() switch
        {
            "T" => graph.Add("Transpose", [value]),
            "mT" => graph.Add("Einsum", [value], new Dictionary<string, AttributeValue> { ["equation"] = "...ij->...ji" }),
            _ => throw name.Error($"unknown property {name.Quoted()}: {hint}"),
        };
    }

    // At the end of an operand without a following operator: true if another operand must follow.
    private bool ReadEnd(Token<TokenKind> word)
    {
        stack.Reduce(BinaryOperator.Conditional);
        switch ((stack.Top?.Kind, word.Kind))
        {
            case (null, TokenKind.Separator or TokenKind.End):
                return false;
            case (PendingKind.Parentheses, TokenKind.Close):
                tokens.Take();
                stack.PopPending();
                return false;
            case (PendingKind.Call, TokenKind.Close):
                CloseCall(Call.NoKeywords);
                return false;
            case (PendingKind.Call, TokenKind.Comma):
                tokens.Take();
                return !ReadKeywords(mayClose: false);
            case (PendingKind.List, TokenKind.Comma):
                tokens.Take();
                return true;
            case (PendingKind.List, TokenKind.CloseBracket):
                tokens.Take();
                stack.Push(word, ArrayLiteral.Of(stack.PopFrom(stack.PopPending().FirstOperand), word, graph));
                return false;
            case (PendingKind.Magnitude, TokenKind.Bar):
                tokens.Take();
                stack.PopPending();
                stack.Push(word, graph.Add("Abs", [stack.Pop()]));
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
                string follows = stack.Top is { } open ? open.Follows : "an operator or the end of the statement";
                throw word.Kind is TokenKind.Name or TokenKind.Open ? word.MissingOperator(follows) : word.Unexpected(follows);
        }
    }

    // At the beginning of an argument: true if the call ended here, which leaves its value as an operand.
    private bool ReadKeywords(bool mayClose)
    {
        if (mayClose && tokens.Current.Kind == TokenKind.Close)
        {
            CloseCall(Call.NoKeywords);
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
                throw tokens.Current.Unexpected("another 'keyword = …', since operands come before keywords");
            }

            Keyword keyword = graph.Resolve(Keyword.Read(tokens));
            if (!keywords.TryAdd(keyword.Name, keyword))
            {
                throw keyword.Word.Error($"{keyword.Word.Quoted()} appears twice");
            }
        }
        while (tokens.TryTake(TokenKind.Comma));
        CloseCall(keywords);
        return true;
    }

    private void CloseCall(IReadOnlyDictionary<string, Keyword> keywords)
    {
        if (tokens.Current.Kind != TokenKind.Close)
        {
            throw tokens.Current.Unexpected("',' or ')'");
        }

        tokens.Take();
        Pending call = stack.PopPending();
        Operand[] arguments = stack.PopFrom(call.FirstOperand);
        stack.Push(call.Word, functions.Apply(new Call(call.Word, arguments, keywords), graph));
    }
}
