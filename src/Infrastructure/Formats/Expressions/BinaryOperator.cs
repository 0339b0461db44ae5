namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>An operator between two operands; precedence and associativity are Python's.</summary>
/// <param name="Symbol">As written.</param>
/// <param name="Op">The ONNX operator or the function that it calls.</param>
/// <param name="Precedence">The larger, the more tightly it binds.</param>
internal sealed record BinaryOperator(string Symbol, string Op, int Precedence)
{
    /// <summary>The precedence of <c>a if c else b</c>.</summary>
    public const int Conditional = 1;

    /// <summary>The precedence of <c>not</c> before an operand.</summary>
    public const int Not = 4;

    /// <summary>The precedence of comparisons, which do not chain.</summary>
    public const int Comparison = 5;

    /// <summary>The precedence of a sign before an operand.</summary>
    public const int Sign = 8;

    /// <summary>The precedence of products and quotients.</summary>
    public const int Product = 7;

    /// <summary>The precedence of powers.</summary>
    public const int Power = 9;

    private const int Or = 2;
    private const int And = 3;
    private const int Sum = 6;

    // Longer symbols come before their prefixes.
    private static readonly BinaryOperator[] Symbols =
    [
        new("**", "Pow", Power), new("<=", "LessOrEqual", Comparison), new(">=", "GreaterOrEqual", Comparison),
        new("==", "Equal", Comparison), new("!=", "Equal", Comparison), new("//", "floor_divide", Product),
        new("<", "Less", Comparison), new(">", "Greater", Comparison),
        new("≤", "LessOrEqual", Comparison), new("≥", "GreaterOrEqual", Comparison), new("≠", "Equal", Comparison),
        new("+", "Add", Sum), new("-", "Sub", Sum), new("−", "Sub", Sum), new("–", "Sub", Sum),
        new("*", "Mul", Product), new("·", "Mul", Product), new("⋅", "Mul", Product), new("×", "Mul", Product), new("∗", "Mul", Product),
        new("/", "Div", Product), new("∕", "Div", Product), new("÷", "Div", Product), new("@", "MatMul", Product), new("%", "remainder", Product),
        new("^", "Pow", Power),
    ];

    private static readonly BinaryOperator[] Words = [new("and", "And", And), new("or", "Or", Or)];

    /// <summary>All operators.</summary>
    public static IEnumerable<BinaryOperator> All => Words.Concat(Symbols);

    /// <summary>True if <c>a op b op c</c> is <c>(a op b) op c</c>.</summary>
    public bool IsLeftAssociative => Precedence is Sum or Product or And or Or;

    /// <summary>True if the result of <see cref="Op"/> is negated.</summary>
    public bool IsNegated => Symbol is "!=" or "≠";

    /// <summary>True if <see cref="Op"/> is a function of expressions rather than one operator.</summary>
    public bool IsFunction => char.IsLower(Op[0]);

    /// <summary>True if truth values count as the numbers 1 and 0.</summary>
    public bool IsArithmetic => Precedence is Sum or Product or Power;

    /// <summary>The length of the symbol that <paramref name="text"/> begins with, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text) => At(text)?.Symbol.Length ?? 0;

    /// <summary>The operator whose symbol <paramref name="text"/> begins with, or null.</summary>
    public static BinaryOperator? At(ReadOnlySpan<char> text)
    {
        foreach (BinaryOperator candidate in Symbols)
        {
            if (text.StartsWith(candidate.Symbol))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>True for a plus or minus, which may also precede an operand.</summary>
    public static bool IsSign(ReadOnlySpan<char> word) => word is "+" || IsMinus(word);

    /// <summary>True for a hyphen, a minus sign or an en dash.</summary>
    public static bool IsMinus(ReadOnlySpan<char> word) => word is "-" or "−" or "–";

    /// <summary>The operator written as this word, or null.</summary>
    public static BinaryOperator? Of(ReadOnlySpan<char> word)
    {
        foreach (BinaryOperator candidate in Words)
        {
            if (word.SequenceEqual(candidate.Symbol))
            {
                return candidate;
            }
        }

        return null;
    }
}
