using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Nesting and chains of the lengths that overflow stacks.</summary>
internal sealed class DeepGraphs(int number) : RequestAttack(number)
{
    private readonly (string Route, byte[] Body)[] _requests = Array.ConvertAll(
        ((string Route, string Body)[])
        [
            ("/gradients", Expression($"{new string('(', 200_000)}a{new string(')', 200_000)}")),
            ("/gradients", Expression(Repeated("sin(", 50_000) + "a" + new string(')', 50_000))),
            ("/hessians", Expression(Repeated("sin(", 20_000) + "a" + new string(')', 20_000))),
            ("/gradients", Expression(Repeated("a+", 200_000) + "a")),
            ("/gradients", Expression(Repeated("a^", 100_000) + "a")),
            ("/gradients", Expression(new string('-', 200_000) + "a")),
            ("/diagrams", Expression(Repeated("a*", 100_000) + "a")),
            ("/evaluations", $$$"""{"expression":"a","inputs":{"a":{{{new string('[', 200_000)}}}1{{{new string(']', 200_000)}}}}}"""),
            ("/gradients", "{\"graph\":" + Repeated("{\"inputs\":", 100_000)),
        ],
        request => (request.Route, Encoding.UTF8.GetBytes(request.Body)));

    /// <inheritdoc/>
    public override string Name => "deep graphs";

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        (string route, byte[] body) = _requests[random.Next(_requests.Length)];
        return Post(route, body);
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Expression(string text) => $$$"""{"expression":"{{{text}}}","inputs":{"a":0.5}}""";
}
