using System.Text.Json.Nodes;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Valid requests over many operators, as a basis for mutations.</summary>
public static class ValidBodies
{
    private const string Vector = "[0.5,-1.5,2,0.25]";
    private const string Matrix = "[[1,2,3],[4,5,6]]";

    private static readonly string[] Expressions =
    [
        "d = a*b; e = d + c; L = e^2", "sin(a)*exp(b) - tanh(c)/2", "log(1 + exp(-a)) + max(b, c)", "where(a > b, a*c, b/c)", "((((a))))^-b + -c^2^a",
        "sqrt(abs(a)) + relu(b) + sigmoid(c) + leaky_relu(a) + gelu(b)", "atan2(a, b) + erf(c) + lgamma(abs(a) + 1)",
    ];

    private static readonly (string Op, string[] Values, string[] Integers, string Attributes)[] Nodes =
    [
        ("Add", [Vector, "2"], [], "{}"), ("Pow", [Vector, "3"], [], "{}"), ("Div", [Vector, Vector], [], "{}"), ("Mod", [Vector, "2"], [], """{"fmod":1}"""),
        ("MatMul", [Matrix, "[[1],[2],[3]]"], [], "{}"), ("Gemm", [Matrix, "[[1,0],[0,1],[2,2]]", "0.5"], [], """{"alpha":2,"beta":0.5,"transA":0,"transB":0}"""),
        ("ReduceSum", [Matrix], [], """{"axes":[1],"keepdims":0}"""), ("ReduceMean", [Matrix], [], """{"axes":[0,1]}"""), ("ReduceMax", [Matrix], [], """{"axes":[-1]}"""),
        ("ReduceProd", [Matrix], [], """{"axes":[0]}"""), ("ReduceL2", [Matrix], [], """{"axes":[1]}"""), ("ReduceLogSumExp", [Matrix], [], """{"axes":[1]}"""),
        ("ArgMax", [Matrix], [], """{"axis":1,"keepdims":0}"""), ("CumSum", [Matrix], ["1"], """{"exclusive":1,"reverse":1}"""), ("TopK", [Matrix], ["2"], """{"axis":1,"largest":1,"sorted":1}"""),
        ("Softmax", [Matrix], [], """{"axis":-1}"""), ("LogSoftmax", [Matrix], [], """{"axis":0}"""),
        ("Reshape", [Matrix], ["[3,-1]"], """{"allowzero":0}"""), ("Expand", [Matrix], ["[2,2,3]"], "{}"), ("Tile", [Matrix], ["[2,3]"], "{}"),
        ("Transpose", [Matrix], [], """{"perm":[1,0]}"""), ("Flatten", [Matrix], [], """{"axis":1}"""), ("Squeeze", ["[[1],[2]]"], ["[1]"], "{}"), ("Unsqueeze", [Matrix], ["[0,3]"], "{}"),
        ("Concat", [Matrix, Matrix], [], """{"axis":1}"""), ("Slice", [Matrix], ["[0,1]", "[2,3]", "[0,1]", "[1,1]"], "{}"), ("Pad", [Matrix], ["[1,0,0,2]"], """{"mode":"constant"}"""),
        ("Pad", [Matrix], ["[0,1,0,1]"], """{"mode":"reflect"}"""), ("Gather", [Matrix], ["[0,2]"], """{"axis":1}"""), ("GatherElements", [Matrix], ["[[0,1,1],[1,0,0]]"], """{"axis":0}"""),
        ("GatherND", [Matrix], ["[[0,1],[1,2]]"], """{"batch_dims":0}"""), ("Trilu", [Matrix], [], """{"upper":0}"""), ("Einsum", [Matrix, Matrix], [], """{"equation":"ij,ij->i"}"""),
        ("Clip", [Vector, "-1", "1"], [], "{}"), ("LayerNormalization", [Matrix, "[1,1,1]"], [], """{"axis":-1,"epsilon":0.00001}"""), ("Split", [Matrix], [], """{"axis":1,"num_outputs":3}"""),
        ("Sum", [Vector, Vector, "1"], [], "{}"), ("Mean", [Vector, Vector], [], "{}"), ("Where", ["true", Vector, "0"], [], "{}"), ("Cast", [Vector], [], """{"to":11}"""),
        ("Elu", [Vector], [], """{"alpha":1.5}"""), ("Gelu", [Vector], [], """{"approximate":"tanh"}"""), ("Softplus", [Vector], [], "{}"), ("Lgamma", ["[0.5,2,3]"], [], "{}"),
        ("SoftmaxCrossEntropyLoss", ["[[1,2,3],[3,1,2]]"], ["[0,2]"], """{"reduction":"mean"}"""), ("ScatterElements", [Matrix], ["[[0,1,1]]", "[[5,6,7]]"], """{"axis":0}"""),
        ("OneHot", [], ["[0,2]", "3", "[0,1]"], """{"axis":-1}"""), ("Range", [], ["0", "6", "2"], "{}"), ("ConstantOfShape", [], ["[2,3]"], "{}"), ("Shape", [Matrix], [], "{}"),
    ];

    private static readonly (string Route, string Members)[] Routes =
    [
        ("/evaluations", ""), ("/gradients", ""), ("/gradients", ""","trace":true,"clipNorm":1"""), ("/gradients", ""","wrt":["x0"],"encoding":"flat" """),
        ("/jacobian-vector-products", ""","tangents":{}"""), ("/vector-jacobian-products", ""","cotangents":{}"""), ("/jacobians", ""","mode":"auto" """), ("/hessians", ""),
        ("/hessian-vector-products", ""","tangents":{}"""), ("/gradient-checks", ""","method":"central","epsilon":0.000001"""), ("/diagrams", ""","format":"svg" """),
        ("/diagrams", ""","format":"dot" """), ("/diagrams", ""","format":"mermaid" """), ("/evaluations", ""","batch":["x0"],"encoding":"base64" """),
    ];

    /// <summary>Every expression and every operator under every route, and registrations.</summary>
    public static IEnumerable<(string Route, string Body)> All()
    {
        foreach ((string route, string members) in Routes)
        {
            foreach (string expression in Expressions)
            {
                yield return (route, Compact($$"""{"expression":{{JsonValue.Create(expression)!.ToJsonString()}},"inputs":{"a":2,"b":-3,"c":10}{{members.Replace("x0", "a")}}}"""));
            }

            foreach (var node in Nodes)
            {
                yield return (route, Compact(Request(node, members)));
            }
        }

        foreach (var node in Nodes)
        {
            yield return ("/graphs", Compact(Request(node, "")["graph"]!));
        }

        yield return ("/graphs", """{"expression":"L = a*b","alias":"product"}""");
    }

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Compact(JsonNode json) => json.ToJsonString();

    private static JsonNode Request((string Op, string[] Values, string[] Integers, string Attributes) node, string members)
    {
        string[] values = [.. node.Values.Select((_, i) => $"x{i}")];
        string[] integers = [.. node.Integers.Select((_, i) => $"k{i}")];
        string inputs = string.Join(',', values.Select((name, i) => node.Values[i] == "true" ? $$"""{"name":"{{name}}","dtype":"bool"}""" : $$"""{"name":"{{name}}"}"""));
        string constants = string.Join(',', integers.Select((name, i) => $$"""{"name":"{{name}}","value":{{node.Integers[i]}}}"""));
        string operands = string.Join(',', values.Concat(integers).Select(name => $"\"{name}\""));
        string given = string.Join(',', values.Select((name, i) => $"\"{name}\":{node.Values[i]}"));
        string outputs = node.Op switch
        {
            "Split" => "\"outputs\":[\"y\",\"y1\",\"y2\"]",
            "TopK" => "\"outputs\":[\"y\",\"y1\"]",
            _ => "\"name\":\"y\"",
        };
        return JsonNode.Parse($$$"""
            {"graph":{"inputs":[{{{inputs}}}],"constants":[{{{constants}}}],
             "nodes":[{ {{{outputs}}},"op":"{{{node.Op}}}","inputs":[{{{operands}}}],"attributes":{{{node.Attributes}}} },{"name":"s","op":"ReduceSum","inputs":["y"],"attributes":{"keepdims":0} }],
             "outputs":["s"]},"inputs":{ {{{given}}} }{{{members}}} }
            """)!;
    }
}
