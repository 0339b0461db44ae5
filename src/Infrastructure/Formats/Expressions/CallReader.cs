using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Parses calls. Its methods return true if the call has ended, which leaves its value as an operand; false if an operand must follow.
/// </summary>
internal sealed class CallReader(TokenReader tokens, DefinitionBuilder graph, FunctionTable functions, OperandStack stack)
{
    private bool AtKeyword => tokens.Current.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign;

    /// <summary>Reads the name of the function and the opening parenthesis.</summary>
    /// <param name="start">Where the call begins.</param>
    /// <param name="first">The index of its first operand.</param>
    public bool Open(int start, int first)
    {
        Token<TokenKind> name = tokens.Take();
        tokens.Take();
        stack.Push(new Pending(PendingKind.Call, name) { FirstOperand = first, Start = start, Equation = ReadEquation(name) });
        return ReadKeywords(mayClose: true);
    }

    /// <summary>Reads the comma after an operand.</summary>
    public bool Continue()
    {
        tokens.Take();
        return ReadKeywords(mayClose: false);
    }

    /// <summary>Reads the closing parenthesis.</summary>
    public void Close() => Close([]);

    // As in NumPy, the equation of einsum comes first.
    private Keyword? ReadEquation(Token<TokenKind> name)
    {
        if (tokens.Current.Kind != TokenKind.Text || tokens.Next.Kind != TokenKind.Comma || FunctionTable.Key(name.ToStringValue()) != "einsum")
        {
            return null;
        }

        Token<TokenKind> word = tokens.Take();
        tokens.Take();
        return new Keyword(word, word.ToStringValue()[1..^1], "equation");
    }

    private bool ReadKeywords(bool mayClose)
    {
        if (mayClose && tokens.Current.Kind == TokenKind.Close)
        {
            Close([]);
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

            Add(keywords, graph.Resolve(Keyword.Read(tokens)));
        }
        while (tokens.TryTake(TokenKind.Comma));
        Close(keywords);
        return true;
    }

    private static void Add(Dictionary<string, Keyword> keywords, Keyword keyword)
    {
        if (!keywords.TryAdd(keyword.Name, keyword))
        {
            throw keyword.Word.Error($"{keyword.Word.Quoted()} appears twice");
        }
    }

    private void Close(Dictionary<string, Keyword> keywords)
    {
        Token<TokenKind> end = tokens.Current;
        if (end.Kind != TokenKind.Close)
        {
            throw end.Unexpected("',' or ')'", end.Kind == TokenKind.Dot ? "; sums and products run over the elements of an array: sum(x)"
                : end.Kind == TokenKind.Operator ? "; a keyword takes a number, a string or a tuple" : string.Empty);
        }

        tokens.Take();
        Pending call = stack.PopPending();
        if (tokens.Current.Kind == TokenKind.Assign && stack.Top is null)
        {
            throw call.Word.Error("functions cannot be defined; write a statement such as 'y = x^2', whose free names are the inputs");
        }

        if (call.Equation is { } equation)
        {
            Add(keywords, equation);
        }

        Operand[] arguments = stack.PopFrom(call.FirstOperand);
        graph.At(call.Start, end.End());
        stack.Push(end, functions.Apply(new Call(call.Word, arguments, keywords), graph), call.Start);
    }
}
