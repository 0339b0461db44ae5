namespace Backprop.Infrastructure.Formats.Expressions.Reference;

/// <summary>Operators and other notation with their meanings.</summary>
internal static class Notation
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["Or"] = "one of two conditions",
        ["And"] = "both of two conditions",
        ["Less"] = "comparison; comparisons do not chain",
        ["LessOrEqual"] = "comparison",
        ["Greater"] = "comparison",
        ["GreaterOrEqual"] = "comparison",
        ["Equal"] = "equality and inequality",
        ["Add"] = "sum",
        ["Sub"] = "difference",
        ["Mul"] = "product, element by element; it needs its sign",
        ["Div"] = "quotient",
        ["floor_divide"] = "quotient rounded down",
        ["remainder"] = "remainder with the sign of the divisor",
        ["MatMul"] = "matrix product",
        ["Pow"] = "power",
    };

    /// <summary>The operators from the loosest to the tightest.</summary>
    public static IReadOnlyList<OperatorEntry> Operators { get; } =
    [
        .. BinaryOperator.All.GroupBy(op => (op.Precedence, op.Op)).Select(group => new OperatorEntry(
            [.. group.Select(op => $"a {op.Symbol} b")], group.Key.Precedence, Grouping(group.First()), Meanings[group.Key.Op]))
        .Concat(Others).OrderBy(entry => entry.Precedence),
    ];

    /// <summary>Statements, numbers, names, indices and members.</summary>
    public static IReadOnlyList<NotationEntry> Entries { get; } =
    [
        new("Statements", ["z = x @ w + b; sum(z)"], "statements end with `;` or a new line. Each names a value once and before its uses; the last " +
            "one is the output (`out` if it has no name)"),
        new("Statements", ["x^2 # comment"], "`#` begins a comment"),
        new("Numbers and names", ["3", "2.5", "1e-3", ".5", "1_000"],
            "numbers; they take the element type of the other operand. A whole number keeps all its digits, also as `9007199254740993.0`"),
        new("Numbers and names", ["[1, 2, 3]", "[[1, 2], [3, 4]]"], "an array of numbers"),
        new("Numbers and names", ["[a, b^2, 0]"], "values stacked along a new first axis"),
        new("Numbers and names", ["α + β_1 + x₂"],
            "names are letters of any script, digits, subscript digits and `_`. A name that nothing defines is an input"),
        new("Numbers and names", ["(x > 0) * x"], "truth values are comparisons; in arithmetic, true is 1 and false is 0"),
        new("Elements and axes", ["x[0]", "x[-1]", "x[1, 2]"], "one element of an axis, which is removed"),
        new("Elements and axes", ["x[1:3]", "x[:-1]", "x[::2]", "x[::-1]"], "slices; their bounds are whole numbers"),
        new("Elements and axes", ["x[..., 0]", "x[:, None]"], "`...` covers the axes that are not written, `None` adds an axis"),
        new("Elements and axes", ["x[i]", "x[:, [2, 0]]"],
            "elements at the indices in a tensor of whole numbers; one such tensor per index. A mask is no index: write `where(mask, x, 0)`"),
        new("Elements and axes", ["x.T", "x.mT"], "all axes reversed; the last two swapped"),
        new("Calls", ["sum(x, axis=0, keepdims=True)", "gelu(x, approximate='tanh')"], "operands first, then keywords"),
        new("Calls", ["sum(x, 1)", "softmax(x, 1)", "sum(x, (0, 1))"],
            "a whole number or a tuple in the position that the axis has in NumPy and PyTorch is the axis"),
        new("Calls", ["x.sum(axis=0)", "x.reshape(3, 1)"], "a method is the function with the value as its first operand"),
        new("Calls", ["np.exp(x)", "torch.exp(x)", "F.relu(x)", "np.pi"], "the names of the usual modules are left out, unless they are values"),
        new("Calls", ["softmax(x, dim=0)", "sum(x, axis=0, keepdim=True)"], "PyTorch's keywords are read as NumPy's"),
    ];

    private static OperatorEntry[] Others =>
    [
        new(["a if c else b"], BinaryOperator.Conditional, Associativity.Right,
            "a choice, element by element; the unselected branch has no influence on a derivative"),
        new(["not a"], BinaryOperator.Not, Associativity.Right, "the opposite of a condition"),
        new(["-a", "+a", "√a"], BinaryOperator.Sign, Associativity.Right, "signs and square root: -a^2 is -(a^2), √a² is √(a²)"),
        new(["a²", "a⁻¹"], BinaryOperator.Power + 1, Associativity.Left, "power with a whole exponent"),
        new(["|a|"], BinaryOperator.Power + 1, Associativity.None, "absolute value"),
    ];

    private static Associativity Grouping(BinaryOperator op) => op.IsLeftAssociative ? Associativity.Left
        : op.Precedence == BinaryOperator.Comparison ? Associativity.None
        : Associativity.Right;
}
