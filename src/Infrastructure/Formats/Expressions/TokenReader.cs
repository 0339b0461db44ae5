using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The tokens of an expression, with one token of lookahead.</summary>
internal sealed class TokenReader
{
    private readonly IEnumerator<Result<TokenKind>> words;
    private readonly CancellationToken cancellationToken;
    private TextSpan rest;

    /// <summary>Positions the reader before the first token of <paramref name="text"/>.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="cancellationToken">Cancels at the next token.</param>
    public TokenReader(string text, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        words = new ExpressionTokenizer().Words(text).GetEnumerator();
        rest = new TextSpan(text);
        Current = Read();
        Next = Read();
    }

    /// <summary>The current token.</summary>
    public Token<TokenKind> Current { get; private set; }

    /// <summary>The token after it.</summary>
    public Token<TokenKind> Next { get; private set; }

    /// <summary>Reads the current token.</summary>
    public Token<TokenKind> Take()
    {
        Token<TokenKind> taken = Current;
        (Current, Next) = (Next, Read());
        return taken;
    }

    /// <summary>Reads the current token if it is of this kind.</summary>
    public bool TryTake(TokenKind kind)
    {
        bool matches = Current.Kind == kind;
        if (matches)
        {
            Take();
        }

        return matches;
    }

    private Token<TokenKind> Read()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (words.MoveNext())
        {
            Result<TokenKind> word = words.Current;
            rest = word.Remainder;
            return new Token<TokenKind>(word.Value, word.Value == TokenKind.Illegible ? word.Location : word.Location.Until(rest));
        }

        return new Token<TokenKind>(TokenKind.End, rest.Skip(rest.Length));
    }
}
