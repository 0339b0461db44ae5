using System.Text.Json;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Shouldly;

namespace Backprop.Domain.Tests.Cases;

/// <summary>A line of a file of cases: a query about a graph, and the numbers that another library computed for it.</summary>
internal sealed class Case(JsonElement line)
{
    private readonly JsonElement request = line.GetProperty("request");
    private readonly JsonElement body = line.GetProperty("expect").GetProperty("body");
    private readonly double rtol = line.GetProperty("rtol").GetDouble();
    private readonly double atol = line.GetProperty("atol").GetDouble();

    public string Name { get; } = line.GetProperty("name").GetString()!;

    public static IEnumerable<Case> Read(string path) => File.ReadLines(path).Select(text => new Case(JsonDocument.Parse(text).RootElement));

    public void Replay()
    {
        GraphDefinition graph = WireReader.Graph(request.GetProperty("graph"));
        Execution answer = Engine.Run(graph, WireReader.Values(request, "inputs"), Query(),
            WireReader.Type(request) ?? DType.Float64);
        if (body.TryGetProperty("value", out JsonElement value))
        {
            Compare(answer[ResultKey.Value], "value", value);
        }

        CompareAll(answer, ResultRole.Output, "outputs");
        CompareAll(answer, ResultRole.Gradient, "gradients");
        CompareAll(answer, ResultRole.Tangent, "tangents");
        CompareAll(answer, ResultRole.HessianProduct, "products");
        foreach (JsonProperty row in Members(body, "jacobians").Concat(Members(body, "hessians")))
        {
            foreach (JsonProperty block in row.Value.EnumerateObject())
            {
                JacobianFacts facts = answer.Query.ShouldBeOfType<CompiledQuery<JacobianFacts>>().Metadata;
                Tensor made = facts.Blocks(answer)(facts.Outputs.ToList().IndexOf(row.Name), facts.Wrt.ToList().IndexOf(block.Name));
                Compare(made, $"{row.Name} by {block.Name}", block.Value);
            }
        }
    }

    private DerivativeQuery Query() => line.GetProperty("route").GetString() switch
    {
        "/evaluations" => Queries.Evaluation(),
        "/gradients" => Queries.Gradient(Wrt, Output, request.TryGetProperty("seed", out JsonElement seed) ? WireReader.Value(seed) : null, ClipNorm),
        "/jacobians" => Queries.Jacobian(Wrt, WireReader.Names(request, "outputs"), JacobianMode.Auto),
        "/hessians" => Queries.Hessian(Wrt, Output),
        "/jacobian-vector-products" => Queries.JacobianVectorProduct(WireReader.Values(request, "tangents")),
        "/hessian-vector-products" => Queries.HessianVectorProduct(Wrt, Output, WireReader.Values(request, "tangents")),
        var other => throw new FormatException($"no question for {other}"),
    };

    private IReadOnlyList<string>? Wrt => WireReader.Names(request, "wrt");

    private string? Output => request.TryGetProperty("output", out JsonElement name) ? name.GetString() : null;

    private double? ClipNorm => request.TryGetProperty("clipNorm", out JsonElement norm) ? norm.GetDouble() : null;

    private void CompareAll(Execution answer, ResultRole role, string member)
    {
        foreach (JsonProperty expected in Members(body, member))
        {
            Compare(answer[new ResultKey(role, expected.Name)], $"{member} {expected.Name}", expected.Value);
        }
    }

    private void Compare(Tensor actual, string name, JsonElement expected) =>
        actual.ShouldBeClose(WireReader.Value(expected).As(actual.DType), rtol, atol, $"{Name}: {name}");

    private static IEnumerable<JsonProperty> Members(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement members) ? members.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
