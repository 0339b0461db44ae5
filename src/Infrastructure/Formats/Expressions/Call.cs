using System.Collections.ObjectModel;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>A call as written, with the accessors that functions use.</summary>
/// <param name="Word">The name of the function, as written.</param>
/// <param name="Arguments">The positional arguments: operands.</param>
/// <param name="Keywords">The keyword arguments by name.</param>
internal sealed record Call(Token<TokenKind> Word, Operand[] Arguments, IReadOnlyDictionary<string, Keyword> Keywords)
{
    /// <summary>The called function, if it is known.</summary>
    public Function? Function { get; init; }

    /// <summary>The end of a message: how the function is called.</summary>
    public string Usage => Function is { } function ? $": {Word.ToStringValue()}({function.Signature})" : string.Empty;

    /// <summary>No keywords.</summary>
    public static IReadOnlyDictionary<string, Keyword> NoKeywords { get; } = ReadOnlyDictionary<string, Keyword>.Empty;

    /// <summary>The keyword that chooses among the results of an operator that has several.</summary>
    public const string OutputKeyword = "output";

    /// <summary>The call with a whole number as its second operand read as the axis, as in NumPy and PyTorch: <c>sum(x, 1)</c>.</summary>
    public Call WithAxis() => Arguments.Length == 2 ? WithNumbers(1, "axis") : this;

    /// <summary>
    /// The call with the numbers after the given count of operands read as keywords, as in NumPy and PyTorch: <c>roll(x, 2, 0)</c>.
    /// </summary>
    /// <param name="operands">The number of operands before them.</param>
    /// <param name="names">The keywords in their order.</param>
    public Call WithNumbers(int operands, params ReadOnlySpan<string> names) => WithNumbers(operands, DType.Int64, names);

    /// <summary>The call with the numbers after the given count of operands read as keywords.</summary>
    /// <param name="operands">The number of operands before them.</param>
    /// <param name="dtype">int64 for whole numbers and lists of these, a float for any number.</param>
    /// <param name="names">The keywords in their order.</param>
    public Call WithNumbers(int operands, DType dtype, ReadOnlySpan<string> names)
    {
        if (Arguments.Length <= operands || Arguments.Length - operands > names.Length)
        {
            return this;
        }

        var keywords = new Dictionary<string, Keyword>(Keywords);
        for (int i = operands; i < Arguments.Length; i++)
        {
            string name = names[i - operands];
            int rank = Arguments[i].Number is { } number && (dtype.IsFloat() || number.Value.DType == dtype) ? number.Value.Shape.Rank : -1;
            bool fits = rank == 0 || (rank == 1 && !dtype.IsFloat());
            if (!fits || !keywords.TryAdd(name, new Keyword(Word, new AttributeValue(Arguments[i].Number, null, rank == 1), name)))
            {
                return this;
            }
        }

        return this with { Arguments = Arguments[..operands], Keywords = keywords };
    }

    /// <summary>The call with the operator's own names for keywords.</summary>
    public Call Renamed(params ReadOnlySpan<(string Written, string Meant)> names)
    {
        var keywords = new Dictionary<string, Keyword>(Keywords);
        foreach ((string written, string meant) in names)
        {
            if (keywords.Remove(written, out Keyword? keyword))
            {
                keywords[meant] = keyword with { Meant = meant };
            }
        }

        return this with { Keywords = keywords };
    }

    /// <summary>The requested result, by its name or index; 0 if the call does not say.</summary>
    public int Output(IReadOnlyList<string> names)
    {
        if (Value(OutputKeyword) is not { } value)
        {
            return 0;
        }

        int place = value.Texts is [string name] ? names.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            : (int)Math.Clamp(Integer(OutputKeyword)!.Value, -1, int.MaxValue);
        bool isOpen = names[^1].EndsWith('*');
        return place >= 0 && (place < names.Count || isOpen)
            ? place
            : throw Keywords[OutputKeyword].Word.Error($"{Word.Quoted()} has the results {string.Join(", ", names)}: '{OutputKeyword}' is one " +
                $"or an index from 0");
    }

    /// <summary>Rejects any other number of operands.</summary>
    public void RequireArguments(int least, int most)
    {
        if (Arguments.Length < least || Arguments.Length > most)
        {
            string wanted = most == int.MaxValue ? $"at least {least}" : least == most ? $"{least}" : $"{least} to {most}";
            throw Word.Error($"{Word.Quoted()} takes {wanted} operand{(wanted == "1" ? "" : "s")}, got {Arguments.Length}{Usage}");
        }
    }

    /// <summary>Rejects keywords other than these.</summary>
    public void RequireKeywords(params ReadOnlySpan<string> allowed)
    {
        foreach (Keyword keyword in Keywords.Values)
        {
            if (!allowed.Contains(keyword.Name))
            {
                string known = allowed.Length == 0 ? "it takes none" : $"expected {string.Join(" or ", allowed.ToArray())}";
                throw keyword.Word.Error($"{Word.Quoted()} has no keyword {keyword.Word.Quoted()}, {known}");
            }
        }
    }

    /// <summary>All keywords with a value, as attributes.</summary>
    public Dictionary<string, AttributeValue> Attributes()
    {
        Dictionary<string, AttributeValue> attributes = [];
        foreach (Keyword keyword in Keywords.Values)
        {
            if (keyword.Value is { } value && keyword.Name != OutputKeyword)
            {
                attributes.Add(keyword.Name, value);
            }
        }

        return attributes;
    }

    /// <summary>A number, or null if the keyword is not given.</summary>
    public Literal? Number(string keyword) => Value(keyword) is not { } value ? null
        : value is { Numbers: { } number, IsList: false } ? number
        : throw Wrong(keyword, "a number");

    /// <summary>A whole number, or null if the keyword is not given.</summary>
    public long? Integer(string keyword) => Number(keyword) is not { } number ? null
        : number.Value.DType == DType.Int64 ? number.Value.Values<long>()[0]
        : throw Wrong(keyword, "a whole number");

    /// <summary>One or more whole numbers, or null if the keyword is not given.</summary>
    public long[]? Integers(string keyword) => Value(keyword) is not { } value ? null
        : value.Numbers is { Value: { DType: DType.Int64, Count: > 0 } numbers } ? numbers.ToIntegers()
        : throw Wrong(keyword, "a whole number or a tuple of whole numbers");

    /// <summary>True, False, 1 or 0; false if the keyword is not given.</summary>
    public bool Flag(string keyword) => Value(keyword) is { } value
        && (value is { IsList: false, Numbers.Value: { DType: DType.Int64 } number } && number[0] is 0 or 1
            ? number[0] == 1
            : throw Wrong(keyword, "True or False"));

    private AttributeValue? Value(string keyword) => Keywords.TryGetValue(keyword, out Keyword? found) ? found.Value : null;

    private GraphException Wrong(string keyword, string expected) => Keywords[keyword].Word.Error($"'{keyword}' must be {expected}");
}
