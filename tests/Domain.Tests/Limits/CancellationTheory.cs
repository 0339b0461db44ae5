using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Theory;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>
/// Nothing goes on for long when nobody waits for it any more: every row of the table many times over, every graph that is wide, every constant that
/// is large.
/// </summary>
public class CancellationTheory
{
    private const int Copies = 3000;
    private const int Wide = 20_000;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    // A second, and another one for a busy machine.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Rows => [.. OperatorSamples.All.DistinctBy(sample => sample.Operator).Select(sample => sample.ToString())];

    public static TheoryData<string> Kinds => [.. WideGraphs.Kinds];

    public static TheoryData<string> Constants => [.. LargeConstants.Kinds];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_operator_stops(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        GraphDefinition many = Repeated(graph.Sample.Definition, Copies);
        string[] names = graph.IsDifferentiable ? ["canonical form", "value", "tangents", "batch"] : ["canonical form", "value"];
        Stops(cancellation =>
        {
            foreach (string name in names)
            {
                Derivation.Run(name == "batch" && !graph.HasFloats ? "value" : name, many, graph.Inputs, many.Outputs[0], cancellation);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_wide_graph_stops(string kind)
    {
        WideGraph graph = WideGraphs.Of(kind, Wide);
        Stops(cancellation =>
        {
            foreach (string name in Derivation.Names.Where(name => name is not ("Jacobian" or "Hessian")))
            {
                Derivation.Run(name, graph.Definition, graph.Values, "f", cancellation);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void Every_large_constant_stops(string kind)
    {
        (GraphDefinition definition, Dictionary<string, Literal> values) = LargeConstants.Of(kind);
        var options = new BindingOptions { Evaluator = HostExecutor.Evaluate };
        Stops(cancellation => GraphBinder.Bind(
            DefinitionOrder.Of(definition, cancellation: cancellation),
            InputBinding.Bind(definition, values, options, cancellation),
            options,
            cancellation));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Nothing_begins_for_a_token_that_is_cancelled(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        var cancelled = new CancellationToken(canceled: true);
        foreach (string name in Derivation.Names.Where(name => graph.IsDifferentiable || name is "canonical form" or "value"))
        {
            Should.Throw<OperationCanceledException>(() => Derivation.Run(name, graph.Definition, graph.Inputs, Projection.Scalar, cancelled), name);
        }
    }

    // Over and over, so that the token is cancelled somewhere within.
    private static void Stops(Action<CancellationToken> work)
    {
        using var source = new CancellationTokenSource();
        var cancelled = new Stopwatch();
        using CancellationTokenRegistration registration = source.Token.Register(cancelled.Start);
        source.CancelAfter(Delay);
        Should.Throw<OperationCanceledException>(() =>
        {
            while (true)
            {
                work(source.Token);
            }
        });
        cancelled.Elapsed.ShouldBeLessThan(Soon);
    }

    // The last node, the operator itself, as often as is said; its results have names of their own each time, and the outputs are those of the first.
    private static GraphDefinition Repeated(GraphDefinition definition, int times)
    {
        NodeDefinition node = definition.Nodes[^1];
        IEnumerable<NodeDefinition> more = Enumerable.Range(1, times)
            .Select(i => node with { Outputs = [.. node.Outputs.Select(name => name.Length == 0 ? name : $"{name} {i}")] });
        string[] outputs = [.. node.Outputs.Where(name => name.Length > 0)];
        return definition with
        {
            Nodes = [.. definition.Nodes, .. more],
            Outputs = [.. definition.Outputs, .. Enumerable.Range(1, times).Select(i => $"{outputs[0]} {i}")],
        };
    }
}
