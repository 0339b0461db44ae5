using System.Diagnostics;
using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using CsCheck;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Compilation;

public class PlanTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 24));

    [Fact]
    public void A_planned_run_gives_what_the_interpreter_gives() => (
        from seed in Gen.Int
        from size in Gen.Int[1, 60]
        select (seed, size)).Sample(
            test =>
            {
                Graph graph = RandomGraph(new Random(test.seed), test.size);
                Tensor[] inputs = [.. graph.Inputs.Select((node, i) => Random(node.Type, i))];
                var expected = new Dictionary<Node, double[]>();
                HostExecutor.Interpret(graph, inputs, (node, value, _) => expected[node] = value.Doubles());
                Tensor[] results = Executor.Run(HostExecutor.Compile(graph), inputs);
                for (int i = 0; i < results.Length; i++)
                {
                    results[i].Type.ShouldBe(graph.Outputs[i].Node.Type);
                    results[i].Doubles().ShouldBe(expected[graph.Outputs[i].Node]);
                }

                inputs.Select((x, i) => x.Doubles().SequenceEqual(Random(x.Type, i).Doubles())).ShouldAllBe(same => same);
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void A_chain_of_elementwise_steps_needs_one_buffer()
    {
        Node x = Input(F64(1024));
        Node last = Enumerable.Range(0, 10).Aggregate(x, (node, _) => Op("Exp", node.Type, [node]));
        var graph = new Graph([x], [new NamedNode("y", Op("Transpose", last.Type, [last], ("perm", new[] { 0 })))]);
        Plan plan = HostExecutor.Compile(graph);
        plan.Buffers.Count(b => b.Kind == BufferKind.Work).ShouldBe(1);
        plan.PeakBytes.ShouldBe(2 * 1024 * 8);
    }

    [Fact]
    public void Freed_slots_are_used_again()
    {
        Node node = Input(F64(100, 100)), first = node;
        for (int i = 0; i < 20; i++)
        {
            node = Op("Transpose", node.Type, [node], ("perm", new[] { 1, 0 }));
        }

        Plan plan = HostExecutor.Compile(new Graph([first], [new NamedNode("y", node)]));
        plan.Buffers.Count(b => b.Kind == BufferKind.Work).ShouldBe(2);
        plan.PeakBytes.ShouldBeInRange(3 * 80_000, (long)(2 * 1.25 * 80_000) + 80_000);
    }

    [Fact]
    public void Results_are_the_callers_own()
    {
        Node x = Input(F64(2)), constant = Constant(Tensor.Vector(5.0, 6)), sum = Op("Add", F64(2), [x, constant]);
        Node shown = Op("Reshape", F64(1, 2), [sum]);
        var graph = new Graph(
            [x], [new("a", x), new("b", constant), new("c", sum), new("d", shown), new("e", sum), new("f", Op("Identity", F64(2), [x]))]);
        Tensor given = Tensor.Vector(1.0, 2);
        Tensor[] results = Executor.Run(HostExecutor.Compile(graph), [given]);
        results.Select(r => r[0]).ShouldBe([1, 5, 6, 6, 6, 1]);
        foreach (Tensor result in results)
        {
            result.Values<double>().Clear();
        }

        given[0].ShouldBe(1);
        constant.Value![0].ShouldBe(5);
        Executor.Run(HostExecutor.Compile(graph), [given]).Select(r => r[0]).ShouldBe([1, 5, 6, 6, 6, 1]);
    }

    [Fact]
    public void A_million_scalar_nodes_take_seconds()
    {
        Node x = Input(F64()), y = x, z = x;
        for (int i = 0; i < 500_000; i++)
        {
            y = Op("Mul", F64(), [y, x]);
            z = Op("Add", F64(), [z, y]);
        }

        var graph = new Graph([x], [new NamedNode("z", z)]);
        var watch = Stopwatch.StartNew();
        Plan plan = HostExecutor.Compile(graph);
        double result = Executor.Run(plan, [Tensor.Scalar(0.5)])[0][0];
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        result.ShouldBe(1, 1e-12);
        plan.PeakBytes.ShouldBeLessThan(1000);
    }

    [Fact]
    public void A_value_that_no_array_holds_is_refused()
    {
        Node x = Input(F64(1));
        Node huge = Op("Expand", F64(100_000, 100_000), [x]);
        Should.Throw<GraphException>(() => HostExecutor.Compile(new Graph([x], [new NamedNode("y", huge)]))).Path.ShouldBe("graph.nodes[3]");
    }

    private static Graph RandomGraph(Random random, int size)
    {
        TensorType[] types = [F64(4, 3), F64(3, 4), F64(12), F64(1, 3), F64()];
        Node[] inputs = [Input(types[0]), Input(types[2])];
        List<Node> nodes = [.. inputs, Constant(Random(types[3], 9)), Constant(Random(types[4], 10))];
        while (nodes.Count < size + 4)
        {
            Node a = nodes[random.Next(nodes.Count)], b = nodes[random.Next(nodes.Count)];
            Node? made = random.Next(8) switch
            {
                0 => Op("Sin", a.Type, [a]),
                1 or 2 => Shape.Broadcast(a.Shape, b.Shape) is { } shape ? Op("Add", new(DType.Float64, shape), [a, b]) : null,
                3 => Shape.Broadcast(a.Shape, b.Shape) is { } shape ? Op("Sub", new(DType.Float64, shape), [a, b]) : null,
                4 => types.FirstOrDefault(t => t.Count == a.Type.Count && t != a.Type) is { Shape: not null } t ? Op("Reshape", t, [a]) : null,
                5 => a.Shape.Rank == 2 ? Op("Transpose", F64(a.Shape[1], a.Shape[0]), [a], ("perm", new[] { 1, 0 })) : null,
                6 => Op("ReduceSum", F64(), [a], ("axes", Enumerable.Range(0, a.Shape.Rank).ToArray()), ("keepdims", 0L)),
                _ => Op("Identity", a.Type, [a]),
            };
            if (made is not null)
            {
                nodes.Add(made);
            }
        }

        NamedNode[] outputs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new NamedNode($"o{i}", nodes[^(1 + random.Next(Math.Min(nodes.Count, 10)))]))];
        return new Graph(inputs, outputs);
    }
}
