using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Functions of whole arrays. <c>axis</c> and <c>keepdims</c> are NumPy's: by default all axes, none kept.</summary>
internal static class ArrayFunctions
{
    private const string Reduced = "x, axis=None, keepdims=False";

    /// <summary>Each function under its names.</summary>
    public static IEnumerable<(string Names, Function Function)> All { get; } =
    [
        ("sum", OfAxis(NaryOrReduction("Sum", "ReduceSum"))), ("mean", OfAxis(NaryOrReduction("Mean", "ReduceMean"))),
        ("max", NaryOrReduction("Max", "ReduceMax")), ("min", NaryOrReduction("Min", "ReduceMin")),
        ("amax", OfAxis(Reduction("ReduceMax"))), ("amin", OfAxis(Reduction("ReduceMin"))), ("average", OfAxis(Reduction("ReduceMean"))),
        ("prod product", OfAxis(Reduction("ReduceProd"))), ("logsumexp", OfAxis(Reduction("ReduceLogSumExp"))),
            ("sum_square sumsq", Reduction("ReduceSumSquare")),
        ("l1 norm1", Reduction("ReduceL1")), ("l2 norm2", Reduction("ReduceL2")), ("norm", new(Reduced, Norm)),
        ("argmax", OfAxis(Extremum("ArgMax"))), ("argmin", OfAxis(Extremum("ArgMin"))),
        ("softmax", OfAxis(AlongAxis("Softmax"))), ("log_softmax", OfAxis(AlongAxis("LogSoftmax"))),
        ("cumsum", OfAxis(Cumulative("CumSum"))), ("cumprod", OfAxis(Cumulative("CumProd"))),
        ("transpose", new("x, axes=None, perm=None", Transpose, "Transpose")),
        ("matmul dot mm bmm mv matvec", ElementwiseFunctions.Simple("MatMul", 2)),
    ];

    private static Function OfAxis(Function function) => function.Reading(call => call.WithAxis());

    // In NumPy and PyTorch a second operand is the order of the norm, which for a matrix means different norms in the two.
    private static Operand Norm(Call call, DefinitionBuilder graph) => call.Arguments.Length < 2
        ? Reduction("ReduceL2").Apply(call, graph)
        : throw call.Word.Error("'norm' takes one operand and is the 2-norm: write norm(x) or norm(x, axis=1), or l1(x) for the sum of magnitudes");

    // sum(x, y) adds, sum(x) reduces, and sum(x, 1) reduces along axis 1.
    private static Function NaryOrReduction(string nary, string reduction) => new($"*{Reduced}", (call, graph) =>
    {
        if (call.Arguments.Length < 2)
        {
            return Reduction(reduction).Apply(call, graph);
        }

        return call.Keywords.Values.FirstOrDefault() is { } keyword
            ? throw keyword.Word.Error($"{call.Word.Quoted()} of several operands takes no keywords")
            : graph.Add(nary, call.Arguments);
    }, reduction);

    private static Function Reduction(string op) => new(Reduced, (call, graph) =>
    {
        call.RequireArguments(1, 1);
        call.RequireKeywords("axis", "keepdims");
        Dictionary<string, AttributeValue> attributes = new() { ["keepdims"] = call.Flag("keepdims") ? 1 : 0 };
        if (call.Integers("axis") is { } axes)
        {
            attributes.Add("axes", axes);
        }

        return graph.Add(op, call.Arguments, attributes);
    }, op);

    private static Function Extremum(string op) => new(Reduced, (call, graph) =>
    {
        call.RequireArguments(1, 1);
        call.RequireKeywords("axis", "keepdims");
        bool keep = call.Flag("keepdims");
        long? axis = call.Integer("axis");
        if (keep && axis is null)
        {
            throw call.Word.Error($"{call.Word.Quoted()} with keepdims requires axis");
        }

        return graph.Add(op, [axis is null ? Flat(call, graph) : call.Arguments[0]], new Dictionary<string, AttributeValue>
        {
            ["axis"] = axis ?? 0,
            ["keepdims"] = keep ? 1 : 0,
        });
    }, op);

    private static Function AlongAxis(string op) => new("x, axis=-1", (call, graph) =>
    {
        call.RequireArguments(1, 1);
        call.RequireKeywords("axis");
        return graph.Add(op, call.Arguments, new Dictionary<string, AttributeValue> { ["axis"] = call.Integer("axis") ?? -1 });
    }, op);

    private static Function Cumulative(string op) => new("x, axis=None, exclusive=False, reverse=False", (call, graph) =>
    {
        call.RequireArguments(1, 1);
        call.RequireKeywords("axis", "exclusive", "reverse");
        long? axis = call.Integer("axis");
        return graph.Add(op, [axis is null ? Flat(call, graph) : call.Arguments[0], Literal.Of(axis ?? 0)], new Dictionary<string, AttributeValue>
        {
            ["exclusive"] = call.Flag("exclusive") ? 1 : 0,
            ["reverse"] = call.Flag("reverse") ? 1 : 0,
        });
    }, op);

    private static Operand Transpose(Call call, DefinitionBuilder graph)
    {
        call = call.WithNumbers(1, "axes");
        call.RequireArguments(1, 1);
        call.RequireKeywords("axes", "perm");
        long[]? order = call.Integers("axes") ?? call.Integers("perm");
        return graph.Add("Transpose", call.Arguments, order is null ? null : new Dictionary<string, AttributeValue> { ["perm"] = order });
    }

    /// <summary>All elements of the operand along one axis.</summary>
    public static Operand Flat(Call call, DefinitionBuilder graph) =>
        graph.Add("Reshape", call.Arguments[..1], new Dictionary<string, AttributeValue> { ["shape"] = new long[] { -1 } });
}
