namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>An operator between two operands; precedence and associativity are Python's.</summary>
/// <param name="Symbol">As written.</param>
/// <param name="Op">The ONNX operator.</param>
/// <param name="Precedence">The larger, the tighter it binds.</param>
internal sealed record BinaryOperator(string Symbol, string Op, int Precedence)
{
    /// <summary>The precedence of comparisons, which do not chain.</summary>
    public const int Comparison = 1;

    /// <summary>The precedence of a sign before an operand.</summary>
    public const int Sign = 4;

    private const int Sum = 2;
    private const int Product = 3;
    private const int Power = 5;

    // Longer symbols stand before their beginnings.
    private static readonly BinaryOperator[] All =
    [
        new("**", "Pow", Power), new("<=", "LessOrEqual", Comparison), new(">=", "GreaterOrEqual", Comparison),
        new("==", "Equal", Comparison), new("!=", "Equal", Comparison),
        new("<", "Less", Comparison), new(">", "Greater", Comparison),
        new("+", "Add", Sum), new("-", "Sub", Sum),
        new("*", "Mul", Product), new("/", "Div", Product), new("@", "MatMul", Product),
        new("^", "Pow", Power),
    ];

    /// <summary>True where <c>a op b op c</c> is <c>(a op b) op c</c>.</summary>
    public bool IsLeftAssociative => Precedence is Sum or Product;

    /// <summary>True where the result of <see cref="Op"/> is to be negated.</summary>
    public bool IsNegated => Symbol == "!=";

    /// <summary>The length of the operator with which <paramref name="text"/> begins, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text) => At(text)?.Symbol.Length ?? 0;

    /// <summary>The operator with which <paramref name="text"/> begins, or null.</summary>
    public static BinaryOperator? At(ReadOnlySpan<char> text)
    {
        foreach (BinaryOperator candidate in All)
        {
            if (text.StartsWith(candidate.Symbol))
            {
                return candidate;
            }
        }

        return null;
    }
}
