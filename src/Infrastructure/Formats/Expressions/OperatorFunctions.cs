using Backprop.Domain.Operators;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// Operators under their own names. If an operator has several results, a call returns the first, or the one that <c>output</c> selects: <c>svd(A,
/// output='S')</c>, <c>topk(x, 3, output=1)</c>.
/// </summary>
internal static class OperatorFunctions
{
    private static readonly string[] One = ["y"];

    /// <summary>The function of an operator.</summary>
    public static Function Of(string op)
    {
        IReadOnlyList<string> names = OperatorTable.Find(op)?.Outputs ?? (IReadOnlyList<string>)One;
        return new Function(Signatures.Of(op), Checked(OperatorTable.Find(op), names.Count == 1 && !names[0].EndsWith('*')
            ? (call, graph) => graph.Add(op, call.Arguments, call.Attributes())
            : (call, graph) =>
            {
                int output = call.Output(names);
                return graph.Add(op, call.Arguments, call.Attributes(), output, Math.Max(output + 1, names[^1].EndsWith('*') ? Parts(call) : 1));
            }), op);
    }

    // An operator can be refused here by the name that was written; types and shapes are not known yet.
    private static CallBuilder Checked(Operator? row, CallBuilder build) => row is null ? build : (call, graph) =>
    {
        call.RequireArguments(row.MinOperands, row.MaxOperands);
        string[] missing = [.. row.Attributes.Where(spec => spec.Required && !call.Keywords.ContainsKey(spec.Name)).Select(spec => $"'{spec.Name}'")];
        return missing.Length == 0
            ? build(call, graph)
            : throw call.Word.Error($"{call.Word.Quoted()} needs the keyword {string.Join(" and ", missing)}{call.Usage}");
    };

    /// <summary>One result of an operator that has several.</summary>
    public static Function Result(string op, int output, params string[] keywords) => new(Signatures.Of(op, 1, keywords), (call, graph) =>
    {
        call.RequireArguments(1, 1);
        call.RequireKeywords(keywords);
        return graph.Add(op, call.Arguments, call.Attributes(), output, output + 1);
    }, op);

    // If the number of results is variable, all must be declared, whether they are used or not.
    private static int Parts(Call call) => (int)Math.Clamp(call.Integer("num_outputs") ?? call.Integers("split")?.Length ?? 1, 1, 1 << 12);
}
