namespace Backprop.Api.Features.Derivatives;

/// <summary>Operators as they are written in formulas.</summary>
internal static class OperatorSyntax
{
    /// <summary>An operation in the language of expressions: <c>x @ w</c>, <c>sum(x)</c>.</summary>
    public static string Call(string op, IReadOnlyList<string> operands) => (op, operands.Count) switch
    {
        ("Add", 2) => $"{operands[0]} + {Term(operands[1])}",
        ("Sub", 2) => $"{operands[0]} - {Term(operands[1])}",
        ("Mul", 2) => $"{Term(operands[0])} * {Term(operands[1])}",
        ("Div", 2) => $"{Term(operands[0])} / {Term(operands[1])}",
        ("MatMul", 2) => $"{Term(operands[0])} @ {Term(operands[1])}",
        ("Pow", 2) => $"{Term(operands[0])}^{Term(operands[1])}",
        ("Square", 1) => $"{Term(operands[0])}^2",
        ("Neg", 1) => $"(-{Term(operands[0])})",
        _ => $"{Function(op)}({string.Join(", ", operands.Where(operand => operand.Length > 0))})",
    };

    private static string Function(string op) =>
        (op.StartsWith("Reduce", StringComparison.Ordinal) ? op["Reduce".Length..] : op).ToLowerInvariant();

    private static string Term(string operand) => operand.Contains(' ') && !IsCall(operand) ? $"({operand})" : operand;

    // True for "sum(x, y)", whose first parenthesis closes at the end.
    private static bool IsCall(string operand)
    {
        int depth = 0;
        for (int i = 0; i < operand.Length; i++)
        {
            depth += operand[i] == '(' ? 1 : operand[i] == ')' ? -1 : 0;
            if (depth == 0 && (operand[i] == ' ' || (operand[i] == ')' && i < operand.Length - 1)))
            {
                return false;
            }
        }

        return true;
    }
}
