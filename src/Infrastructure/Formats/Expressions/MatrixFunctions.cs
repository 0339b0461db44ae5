using Backprop.Domain.Graphs;
using static Backprop.Infrastructure.Formats.Expressions.ElementwiseFunctions;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Functions of matrices. If NumPy returns several values, a function here returns one of them: <c>slogdet</c> the logarithm, <c>eigvalsh</c> and
/// <c>eigh</c> the eigenvalues, <c>svdvals</c> the singular values.
/// </summary>
internal static class MatrixFunctions
{
    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> All { get; } =
    [
        ("inv", Simple("Inverse", 1)), ("solve", Simple("Solve", 2)),
            ("triangular_solve solve_triangular", Simple("TriangularSolve", 2, "lower", "transpose", "unit_diagonal")),
        ("slogdet", Simple("LogAbsDet", 1)), ("expm matrix_exp", Simple("Expm", 1)), ("eigvalsh", Simple("Eigvalsh", 1)),
            ("svdvals", Simple("Svdvals", 1)),
        ("matrix_power", Numbered("MatrixPower", 1, "n")), ("diagonal", Numbered("Diagonal", 1, "offset", "axis1", "axis2")),
            ("diag", Numbered("Diag", 1, "offset")),
        ("tensordot", Numbered("Tensordot", 2, "axes")), ("cross", Numbered("Cross", 2, "axis")),
        ("argsort", OperatorFunctions.Result("Sort", 1, "axis", "descending").Reading(call => call.WithAxis())),
        ("sort", OperatorFunctions.Of("Sort").Reading(call => call.WithAxis())),
        ("cummax", Running("CumMax")), ("cummin", Running("CumMin")), ("logcumsumexp", Running("LogCumSumExp")),
        ("quantile", new("x, q, axis=None, keepdims=False, interpolation='linear'", Quantile, "Quantile")),
    ];

    /// <summary>An operator whose first attributes may follow its operands as whole numbers.</summary>
    public static Function Numbered(string op, int operands, params string[] names) => new(Signatures.Numbered(op, operands, names), (call, graph) =>
    {
        Call named = call.WithNumbers(operands, names);
        named.RequireArguments(operands == int.MaxValue ? 1 : operands, operands);
        return graph.Add(op, named.Arguments, named.Attributes());
    }, op);

    // Without an axis: over all elements in order, like NumPy's accumulations.
    private static Function Running(string op) => new("x, axis=None, reverse=False", (call, graph) =>
    {
        call = call.WithAxis();
        call.RequireArguments(1, 1);
        call.RequireKeywords("axis", "reverse");
        Dictionary<string, AttributeValue> attributes = call.Attributes();
        return attributes.TryAdd("axis", 0L) ? graph.Add(op, [ArrayFunctions.Flat(call, graph)], attributes)
            : graph.Add(op, call.Arguments, attributes);
    }, op);

    private static Operand Quantile(Call call, DefinitionBuilder graph)
    {
        call = call.Renamed(("method", "interpolation")).WithNumbers(2, "axis");
        call.RequireArguments(2, 2);
        call.RequireKeywords("axis", "keepdims", "interpolation");
        return graph.Add("Quantile", call.Arguments, call.Attributes());
    }
}
