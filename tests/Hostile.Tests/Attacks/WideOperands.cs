using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Nodes with tens of thousands of operands or outputs.</summary>
internal sealed class WideOperands(int number) : RequestAttack(number)
{
    private readonly (string Route, byte[] Body)[] _requests =
    [
        .. from count in (int[])[20_000, 100_000]
           from request in Requests(count)
           select (request.Route, Encoding.UTF8.GetBytes(request.Body)),
    ];

    /// <inheritdoc/>
    public override string Name => "wide operand lists";

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        (string route, byte[] body) = _requests[random.Next(_requests.Length)];
        return Post(route, body);
    }

    private static (string Route, string Body)[] Requests(int count) =>
    [
        ("/gradients", Maximum(count)), ("/gradients", Concatenation(count)), ("/evaluations", Pieces(count)),
        ("/jacobian-vector-products", Maximum(count)),
    ];

    private static string Repeated(string name, int count) => string.Join(',', Enumerable.Repeat(name, count));

    private static string Maximum(int count) => $$$"""{"expression":"L = max({{{Repeated("x", count)}}})","inputs":{"x":2}}""";

    private static string Concatenation(int count) => $$$"""
        {"graph":{"inputs":[{"name":"x","shape":[1]}],"outputs":["L"],"nodes":[
         {"name":"c","op":"Concat","inputs":[{{{Repeated("\"x\"", count)}}}],"attributes":{"axis":0}},
         {"name":"L","op":"ReduceSum","inputs":["c"],"attributes":{"keepdims":0}}]},"inputs":{"x":[2]}}
        """;

    private static string Pieces(int count)
    {
        string names = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\""));
        return $$$"""
            {"graph":{"inputs":[{"name":"x","shape":[1]}],"outputs":["p0"],"nodes":[
             {"name":"e","op":"Expand","inputs":["x"],"attributes":{"shape":[{{{count}}}]}},
             {"outputs":[{{{names}}}],"op":"Split","inputs":["e"],"attributes":{"axis":0,"num_outputs":{{{count}}}}}]},"inputs":{"x":[2]}}
            """;
    }
}
