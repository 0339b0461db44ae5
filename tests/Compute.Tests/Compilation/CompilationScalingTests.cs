using System.Diagnostics;
using Backprop.Compute.Host;
using Backprop.Compute.Compilation;
using Backprop.Compute.Tests.Allocation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using Shouldly;
using Xunit.Abstractions;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Compilation;

/// <summary>Compilation takes time linear in nodes, operands and outputs, and can be cancelled.</summary>
[Collection(AllocationGate.Alone)]
public class CompilationScalingTests(ITestOutputHelper output)
{
    private const int Width = 600;

    // A quarter of the size takes a quarter of the time; the margin is for other load on the machine.
    private const double MostGrowth = 10;
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(500);

    private static readonly Dictionary<string, (int Size, Func<int, Graph> Make)> Shapes = new()
    {
        ["a chain of vectors"] = (40_000, n => Of(b => [Enumerable.Range(0, n).Aggregate(b.Input("x", F64(Width)), (y, _) => b.Tanh(y))])),
        ["a chain of loops"] = (4_000, n => Of(b => [Enumerable.Range(0, n).Aggregate(b.Input("x", F64(Width)), (y, _) => b.Tanh(y))])),
        ["numbers"] = (500_000, n => Of(b => [Enumerable.Range(0, n).Aggregate(b.Input("x", F64()), (y, i) => i % 2 == 0 ? b.Sin(y) : b.Mul(y, y))])),
        ["a sum of many inputs"] = (20_000, n => Of(b => [Enumerable.Range(0, n).Select(i => b.Input($"x{i}", F64(Width))).Aggregate(b.Add)])),
        ["a concatenation of many inputs"] = (40_000, n => Of(b => [b.Concat([.. Enumerable.Range(0, n).Select(i => b.Input($"x{i}", F64(Width)))], 0)])),
        ["many outputs of one value"] = (20_000, n => Of(b =>
        {
            Node x = b.Tanh(b.Input("x", F64(Width)));
            return Enumerable.Range(0, n).Select(i => b.Plus(x, i));
        })),
        ["many inputs and outputs of a loop"] = (2_500, n => Of(b =>
        {
            Node x = b.Tanh(b.Input("x", F64(Width)));
            return Enumerable.Range(0, n).Select(i => b.Mul(b.Tanh(b.Input($"x{i}", F64(Width))), x)).ToArray();
        })),
        ["many products"] = (20_000, n => Of(b => [Enumerable.Range(0, n).Aggregate(b.Input("x", F64(4, 4)), (y, _) => b.MatMul(y, y))])),
        ["parts of one value"] = (20_000, n => Of(b =>
        {
            Node x = b.Input("x", F64(n));
            return Enumerable.Range(0, n).Select(i => b.Slice(x, [i], [1], Shape.Of(1)));
        })),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Time_grows_with_the_size(string name)
    {
        (int size, Func<int, Graph> make) = Shapes[name];
        Graph small = make(size / 4), large = make(size);
        foreach (PlanTarget target in (PlanTarget[])[HostExecutor.Target, PlanTarget.Device])
        {
            TimeSpan few = Fastest(small, target), many = Fastest(large, target);
            output.WriteLine($"{name}, {(target == HostExecutor.Target ? "host" : "device")}: {few.TotalMilliseconds:0} ms for {size / 4}, {many.TotalMilliseconds:0} ms for {size}");
            (many - Little).ShouldBeLessThan(MostGrowth * few);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compilation_ends_when_it_is_cancelled(string name)
    {
        Graph graph = Shapes[name].Make(Shapes[name].Size);
        _ = graph.Nodes.Count;
        using var source = new CancellationTokenSource();
        source.Cancel();
        long start = Stopwatch.GetTimestamp();
        Should.Throw<OperationCanceledException>(() => HostExecutor.Compile(graph, source.Token));
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Little);
    }

    private static TimeSpan Fastest(Graph graph, PlanTarget target) => Enumerable.Range(0, 2).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        if (target == HostExecutor.Target)
        {
            HostExecutor.Compile(graph);
        }
        else
        {
            Plan.Compile(graph, target);
        }

        return Stopwatch.GetElapsedTime(start);
    });

    private static Graph Of(Func<GraphBuilder, IEnumerable<Node>> outputs)
    {
        var b = new GraphBuilder();
        NamedNode[] named = [.. outputs(b).Select((node, i) => new NamedNode($"y{i}", node))];
        var inputs = new Graph([], named).Nodes.Where(node => node.IsLeaf() && node.Value is null).ToArray();
        return new Graph(inputs, named);
    }
}
