using System.Text;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Small graphs whose derivatives are large: Hessians and Jacobians of many scalar inputs.</summary>
internal sealed class DerivedGraphs(int number) : RequestAttack(number)
{
    private readonly (string Route, byte[] Body)[] _requests =
    [
        .. ((int[])[600, 1000, 2000]).Select(count => ("/hessians", Encoding.UTF8.GetBytes(Square(count)))),
        ("/jacobians", Encoding.UTF8.GetBytes(Multiples(2000))),
    ];

    /// <inheritdoc/>
    public override string Name => "derived graphs";

    /// <inheritdoc/>
    protected override int Parallel => 4;

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random)
    {
        (string route, byte[] body) = _requests[random.Next(_requests.Length)];
        return Post(route, body);
    }

    private static string Square(int count) => $$"""{"expression":"L = ({{string.Join('+', Names(count))}})^2","inputs":{{Values(count)}}}""";

    private static string Multiples(int count)
    {
        string nodes = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"name":"y{{i}}","op":"Mul","inputs":["s",{{i}}]}"""));
        string inputs = string.Join(',', Names(count).Select(name => $$"""{"name":"{{name}}"}"""));
        string operands = string.Join(',', Names(count).Select(name => $"\"{name}\""));
        string outputs = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"y{i}\""));
        return $$"""
            {"graph":{"inputs":[{{inputs}}],"nodes":[{"name":"s","op":"Sum","inputs":[{{operands}}]},{{nodes}}],"outputs":[{{outputs}}]},
             "inputs":{{Values(count)}}}
            """;
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"i{i}");

    private static string Values(int count) => $"{{{string.Join(',', Names(count).Select(name => $"\"{name}\":1"))}}}";
}
