using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>A keyword argument of a call: <c>axis=(0, 2)</c>, <c>keepdims=True</c>, <c>approximate='tanh'</c>.</summary>
/// <param name="Word">Its name, as written.</param>
/// <param name="Value">Its value; null for <c>None</c>, which leaves the default.</param>
/// <param name="Meant">The keyword that a positional number means, or null.</param>
internal sealed record Keyword(Token<TokenKind> Word, AttributeValue? Value, string? Meant = null)
{
    private const int LongestTuple = 4096;

    /// <summary>Its name.</summary>
    public string Name => Meant ?? Word.ToStringValue();

    /// <summary>Reads name and value.</summary>
    public static Keyword Read(TokenReader tokens)
    {
        Token<TokenKind> word = tokens.Take();
        tokens.Take();
        if (tokens.TryTake(TokenKind.Open))
        {
            return new Keyword(word, ReadItems(word, tokens, TokenKind.Close, "',' or ')'"));
        }

        if (tokens.TryTake(TokenKind.OpenBracket))
        {
            return new Keyword(word, ReadItems(word, tokens, TokenKind.CloseBracket, "',' or ']'"));
        }

        if (tokens.Current.Kind == TokenKind.Name && tokens.Current.Span.EqualsValue("None"))
        {
            tokens.Take();
            return new Keyword(word, null);
        }

        object value = ReadOne(tokens);
        return new Keyword(word, value is Literal number ? new AttributeValue(number, null, false) : (string)value);
    }

    private static AttributeValue ReadItems(Token<TokenKind> word, TokenReader tokens, TokenKind end, string next)
    {
        List<object> items = [];
        while (!tokens.TryTake(end))
        {
            items.Add(ReadOne(tokens));
            if (items.Count > LongestTuple)
            {
                throw word.Error($"a tuple must have at most {LongestTuple} items");
            }

            if (!tokens.TryTake(TokenKind.Comma) && tokens.Current.Kind != end)
            {
                throw tokens.Current.Unexpected(next);
            }
        }

        return items.All(item => item is Literal) ? Numeric([.. items.Cast<Literal>()])
            : items.All(item => item is string) ? items.Cast<string>().ToArray()
            : throw word.Error("a tuple must contain either numbers or strings");
    }

    private static AttributeValue Numeric(Literal[] numbers) => numbers.All(number => number.Value.DType == DType.Int64)
        ? Array.ConvertAll(numbers, number => number.Value.Values<long>()[0])
        : Array.ConvertAll(numbers, number => number.Value[0]);

    // A Literal or a string.
    private static object ReadOne(TokenReader tokens)
    {
        Token<TokenKind> word = tokens.Take();
        bool negative = word.Kind == TokenKind.Operator && BinaryOperator.IsMinus(word.Span.AsReadOnlySpan());
        if (negative)
        {
            word = tokens.Take();
        }

        return word.Kind switch
        {
            TokenKind.Number => negative ? Numbers.Negated(Numbers.Read(word)) : Numbers.Read(word),
            TokenKind.Name when !negative => Text(word.ToStringValue()),
            TokenKind.Text when !negative => word.ToStringValue()[1..^1],
            _ => throw word.Unexpected(negative ? "a number" : "a number, a string or a tuple of these"),
        };
    }

    private static object Text(string name) => name switch
    {
        "True" or "true" => Literal.Of(1),
        "False" or "false" => Literal.Of(0),
        _ => name,
    };
}
