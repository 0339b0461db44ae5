using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>
/// Nothing runs for long after its caller is gone: every operator of the table many times over, every wide graph, every large constant.
/// </summary>
public class CancellationTheory
{
    private const int Copies = 3000;
    private const int Wide = 20_000;

    // Milliseconds after which the token is cancelled: early in a derivation, and late.
    private static readonly int[] Early = [5, 60];
    private static readonly int[] Late = [20, 150, 500];

    // Processor time: the elapsed time on a busy machine cannot be bounded.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Rows => [.. OperatorSamples.All.DistinctBy(sample => sample.Operator).Select(sample => sample.ToString())];

    public static TheoryData<string> Kinds => [.. WideGraphs.Kinds];

    public static TheoryData<string> Constants => [.. LargeConstants.Kinds];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_operator_stops(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        string[] floats = [.. graph.Results.Where(result => result.Node.DType.IsFloat()).Select(result => result.Name)];
        GraphDefinition many = Repeated(graph.Sample.Definition, floats.Length > 0 ? floats : graph.Sample.Definition.Outputs, Copies);
        string[] names = graph.IsDifferentiable ? ["canonical form", "value", "tangents", "batch"] : ["canonical form", "value"];
        Stops(cancellationToken =>
        {
            foreach (string name in names)
            {
                Derivation.Run(name, many, graph.Inputs, many.Outputs[0], cancellationToken);
            }
        }, Early);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_wide_graph_stops(string kind)
    {
        WideGraph graph = WideGraphs.Of(kind, Wide);
        Stops(cancellationToken =>
        {
            foreach (string name in Derivation.Names.Where(name => name is not ("Jacobian" or "Hessian")))
            {
                Derivation.Run(name, graph.Definition, graph.Values, "f", cancellationToken);
            }
        }, Late);
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void Every_large_constant_stops(string kind)
    {
        (GraphDefinition definition, Dictionary<string, Literal> values) = LargeConstants.Of(kind);
        var options = new BindingOptions { Evaluator = HostExecutor.Evaluate };
        Stops(cancellationToken => GraphBinder.Bind(
            TopologicalOrder.Of(definition, cancellationToken: cancellationToken),
            InputBinder.Bind(definition, values, options, cancellationToken),
            options,
            cancellationToken), Late);
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

    // Repeatedly, so that the token is cancelled at some point during the work.
    private static void Stops(Action<CancellationToken> work, int[] delays) => Array.ForEach(delays, delay => Stops(work, delay));

    private static void Stops(Action<CancellationToken> work, int delay)
    {
        using var source = new CancellationTokenSource();
        var cancelled = new Stopwatch();
        Func<TimeSpan> clock = ProcessorTime.OfThisThread();
        TimeSpan before = TimeSpan.MaxValue;
        using CancellationTokenRegistration registration = source.Token.Register(() =>
        {
            before = clock();
            cancelled.Start();
        });
        source.CancelAfter(delay);
        Should.Throw<OperationCanceledException>(() =>
        {
            while (true)
            {
                work(source.Token);
            }
        });
        TimeSpan stopped = clock(), elapsed = cancelled.Elapsed;

        // It waits for the clock to be read, which may happen only after the token was seen.
        registration.Dispose();
        stopped.ShouldBeLessThan(before == TimeSpan.MaxValue ? before : before + Soon);
        elapsed.ShouldBeLessThan(Busy);
    }

    // The last node, the operator itself, repeated, each time with new names; the outputs are those values of all.
    private static GraphDefinition Repeated(GraphDefinition definition, IReadOnlyList<string> outputs, int times)
    {
        NodeDefinition node = definition.Nodes[^1];
        IEnumerable<NodeDefinition> more = Enumerable.Range(1, times)
            .Select(i => node with { Outputs = [.. node.Outputs.Select(name => name.Length == 0 ? name : $"{name} {i}")] });
        return definition with
        {
            Nodes = [.. definition.Nodes, .. more],
            Outputs = [.. outputs, .. Enumerable.Range(1, times).SelectMany(i => outputs.Select(name => $"{name} {i}"))],
        };
    }
}
