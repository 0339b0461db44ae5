namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>An elementwise operator applied repeatedly to a long vector.</summary>
internal static class ElementwiseChain
{
    private const int Length = 2 << 20;

    /// <summary>A graph with the input <c>s</c>, and the sum of the result.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="operands">The number of its operands.</param>
    /// <param name="attributes">The attributes it requires: the members of a JSON object.</param>
    /// <param name="times">The number of applications.</param>
    public static string Graph(string op, int operands, string attributes, int times)
    {
        string others = string.Concat(Enumerable.Repeat(",\"s\"", operands - 1));
        IEnumerable<string> steps = Enumerable.Range(0, times).SelectMany(i => (string[])
        [
            $$$"""{"name":"y{{{i}}}","op":"{{{op}}}","inputs":["x{{{i}}}"{{{others}}}],"attributes":{{{{attributes}}}}}""",
            $$$"""{"name":"f{{{i}}}","op":"Cast","inputs":["y{{{i}}}"],"attributes":{"to":11}}""",
            $$"""{"name":"x{{i + 1}}","op":"Add","inputs":["f{{i}}","s"]}""",
        ]);
        return $$$"""
            {"inputs":[{"name":"s"}],"outputs":["L"],"nodes":[
             {"name":"r","op":"RandomUniform","inputs":[],"attributes":{"shape":[{{{Length}}}],"dtype":11}},
             {"name":"x0","op":"Mul","inputs":["r","s"]},{{{string.Join(',', steps)}}},
             {"name":"L","op":"ReduceSum","inputs":["x{{{times}}}"],"attributes":{"keepdims":0}}]}
            """;
    }
}
