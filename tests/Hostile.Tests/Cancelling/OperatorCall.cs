using System.Globalization;

namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>A call of one operator whose operands the graph computes itself, so that the request is small.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Operands">The operands, as <see cref="HeavyCalls"/> writes them.</param>
/// <param name="Attributes">The attributes: the members of a JSON object.</param>
internal sealed record OperatorCall(string Operator, string[] Operands, string Attributes)
{
    private const int Float64 = 11, Int64 = 7, Bool = 9;

    /// <summary>A graph with the input <c>s</c>, which the float operands depend on, and the sum of the first output.</summary>
    public string Graph()
    {
        var nodes = new List<string>();
        string operands = string.Join(',', Operands.Select((operand, i) => Operand(operand, i, nodes)));
        string outputs = Operator is "Split" or "TopK" ? "\"outputs\":[\"y\",\"z\"]" : "\"name\":\"y\"";
        nodes.Add($$$"""{{{{outputs}}},"op":"{{{Operator}}}","inputs":[{{{operands}}}],"attributes":{{{{Attributes}}}}}""");
        nodes.Add(Cast("c", "y", Float64));
        nodes.Add("""{"name":"L","op":"ReduceSum","inputs":["c"],"attributes":{"keepdims":0}}""");
        return $$"""{"inputs":[{"name":"s"}],"nodes":[{{string.Join(',', nodes)}}],"outputs":["L"]}""";
    }

    // The name or number of an operand, after the nodes that make it.
    private static string Operand(string operand, int place, List<string> nodes)
    {
        string rest = operand[1..];
        switch (operand[0])
        {
            case '=':
                return rest;
            case '~':
                nodes.Add($$"""{"name":"o{{place}}","op":"Range","inputs":[0,{{rest}},1]}""");
                break;
            case '%':
                nodes.Add($$"""{"name":"r{{place}}","op":"Range","inputs":[0,{{rest}},1]}""");
                nodes.Add(Cast($"i{place}", $"r{place}", Int64));
                nodes.Add($$"""{"name":"m{{place}}","op":"Mod","inputs":["i{{place}}",3]}""");
                nodes.Add(Cast($"o{place}", $"m{place}", Bool));
                break;
            case '#':
                nodes.Add(Random(place, rest, 2));
                nodes.Add(Cast($"o{place}", $"r{place}", Bool));
                break;
            case '<':
                string[] parts = rest.Split(':');
                nodes.Add(Random(place, parts[1], double.Parse(parts[0], CultureInfo.InvariantCulture)));
                nodes.Add(Cast($"o{place}", $"r{place}", Int64));
                break;
            default:
                nodes.Add(Random(place, operand, 1));
                nodes.Add($$"""{"name":"o{{place}}","op":"Mul","inputs":["r{{place}}","s"]}""");
                break;
        }

        return $"\"o{place}\"";
    }

    private static string Random(int place, string shape, double high) => $$$"""
        {"name":"r{{{place}}}","op":"RandomUniform","inputs":[],
         "attributes":{"shape":[{{{shape.Replace('x', ',')}}}],"dtype":{{{Float64}}},"high":{{{high.ToString("0.0", CultureInfo.InvariantCulture)}}}}}
        """;

    private static string Cast(string name, string of, int to) =>
        $$$"""{"name":"{{{name}}}","op":"Cast","inputs":["{{{of}}}"],"attributes":{"to":{{{to}}}}}""";
}
