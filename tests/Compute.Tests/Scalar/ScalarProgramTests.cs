using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Compute.Host.Scalar;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;
using CsCheck;
using Shouldly;

namespace Backprop.Compute.Tests.Scalar;

public class ScalarProgramTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 24));
    private static readonly Gen<(int, int, bool)> Draws = Gen.Select(Gen.Int[0, 1 << 30], Gen.Int[1, 120], Gen.Bool);

    [Fact]
    public void Arithmetic_gives_the_bits_of_the_kernels() => Draws.Sample(draw =>
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Exact(new Random(draw.Item1), draw.Item3 ? DType.Float32 : DType.Float64, draw.Item2);
        Compare(graph, inputs, (made, expected) => made.Equals(expected) ? 0 : double.PositiveInfinity);
    }, iter: 400);

    [Fact]
    public void Chains_give_the_bits_of_the_kernels() => Draws.Sample(draw =>
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Chains(new Random(draw.Item1), draw.Item3 ? DType.Float32 : DType.Float64, draw.Item2, 1);
        Compare(graph, inputs, (made, expected) => made.Equals(expected) ? 0 : double.PositiveInfinity);
    }, iter: 400);

    [Fact]
    public void A_chain_goes_on_where_the_cancellation_is_looked_at()
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Chains(new Random(1), DType.Float64, 150_000, 1);
        ProgramOf(HostExecutor.Compile(graph)).Length.ShouldBeGreaterThan(2 << 16);
        Compare(graph, inputs, (made, expected) => made.Equals(expected) ? 0 : double.PositiveInfinity);
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Large_graphs_give_the_bits_of_the_kernels(DType dtype)
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Chains(new Random(3), dtype, 60_000, 40);
        ProgramOf(HostExecutor.Compile(graph)).Length.ShouldBeGreaterThan(2 << 14, "more than two blocks of independent operations");
        Compare(graph, inputs, (made, expected) => made.Equals(expected) ? 0 : double.PositiveInfinity);
    }

    [Fact]
    public void Functions_agree_with_the_kernels() => Draws.Sample(draw =>
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Smooth(new Random(draw.Item1), draw.Item3 ? DType.Float32 : DType.Float64, draw.Item2);
        Compare(graph, inputs, (made, expected) => Math.Abs(made - expected) / (draw.Item3 ? 1e-3 : 1e-11));
    }, iter: 400);

    [Fact]
    public void Gradients_agree_with_the_kernels() => Draws.Sample(draw =>
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Smooth(new Random(draw.Item1), DType.Float64, 20);
        Compare(Gradient(graph), inputs, (made, expected) => Math.Abs(made - expected) / (1e-9 * (1 + Math.Abs(expected))));
    }, iter: 200);

    [Fact]
    public void A_batch_gives_the_bits_of_its_points() => Draws.Sample(draw =>
    {
        const int Size = 300;
        DType dtype = draw.Item3 ? DType.Float32 : DType.Float64;
        (Graph graph, Tensor[] inputs) = RandomGraph.Exact(new Random(draw.Item1), dtype, draw.Item2);
        Graph batch = RandomGraph.Batch(new Random(draw.Item1), dtype, draw.Item2, Size);
        Tensor[] points = Array.ConvertAll(inputs, input => Nodes.Random(new TensorType(dtype, Shape.Of(Size)), draw.Item1 + Array.IndexOf(inputs, input)));
        Tensor[] together = Executor.Run(HostExecutor.Compile(batch), points);
        Plan plan = HostExecutor.Compile(graph);
        for (int point = 0; point < Size; point += 37)
        {
            Tensor[] alone = Executor.Run(plan, [.. inputs.Select((input, i) => Tensor.Filled(input.Type, points[i][point]))]);
            alone.Select(value => value[0]).ShouldBe(together.Select(value => value.Count == 1 ? value[0] : value[point]));
        }
    }, iter: 60);

    [Fact]
    public void Other_graphs_are_left_to_the_ordinary_plan()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar));
        Node vector = b.Input("v", new TensorType(DType.Float64, Shape.Of(2)));
        Program([x], b.Add(x, x)).ShouldNotBeNull();
        Program([x, vector], b.Add(x, x)).ShouldNotBeNull("an input that nothing uses does not count");
        Program([x, vector], b.Add(x, vector)).ShouldBeNull();
        Program([x], b.Cast(x, DType.Float32)).ShouldBeNull();
        Program([x], b.Cast(x, DType.Int64)).ShouldBeNull();
    }

    [Fact]
    public void Truth_values_go_in_and_out()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar)), c = b.Input("c", new TensorType(DType.Bool, Shape.Scalar));
        var graph = new Graph([c, x], [new("chosen", b.Where(c, x, b.Neg(x))), new("less", b.Less(x, b.Scalar(0, DType.Float64))), new("c", c)]);
        Plan plan = HostExecutor.Compile(graph);
        plan.Program.ShouldNotBeNull();
        Executor.Run(plan, [Tensor.Scalar(false), Tensor.Scalar(2.0)]).Select(result => result[0]).ShouldBe([-2, 0, 0]);
        Executor.Run(plan, [Tensor.Scalar(true), Tensor.Scalar(-2.0)]).Select(result => result[0]).ShouldBe([-2, 1, 1]);
    }

    [Fact]
    public void A_chain_needs_few_registers_and_few_instructions()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar)), y = x;
        for (int i = 0; i < 1000; i++)
        {
            y = b.Sin(b.Add(b.Mul(y, x), x));
        }

        var graph = new Graph([x], [new NamedNode("y", y)]);
        ProgramOf(HostExecutor.Compile(graph)).Registers.ShouldBeLessThanOrEqualTo(3);
        ProgramOf(HostExecutor.Compile(graph)).Length.ShouldBe(2000);
        ProgramOf(HostExecutor.Compile(Gradient(graph))).Length.ShouldBeLessThan(2000 + 4000);
    }

    [Fact]
    public void A_run_allocates_its_results_alone()
    {
        (Graph graph, Tensor[] inputs) = RandomGraph.Smooth(new Random(1), DType.Float64, 5000);
        var output = new Graph(graph.Inputs, [new NamedNode("y", graph.Nodes[^1])]);
        Plan plan = HostExecutor.Compile(output);
        ProgramOf(plan).Length.ShouldBeGreaterThan(100);
        Executor.Run(plan, inputs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Executor.Run(plan, inputs);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThanOrEqualTo(100 * 160, "an array of one tensor, the tensor and its number");
    }

    [Fact]
    public void A_long_program_can_be_cancelled()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar)), y = x;
        for (int i = 0; i < 200_000; i++)
        {
            y = b.Sin(y);
        }

        Plan plan = HostExecutor.Compile(new Graph([x], [new NamedNode("y", y)]));
        Should.Throw<OperationCanceledException>(() => Executor.Run(plan, [Tensor.Scalar(1.0)], new CancellationToken(true)));
    }

    private static ScalarProgram ProgramOf(Plan plan) => plan.Program.ShouldBeOfType<ScalarProgram>();

    private static object? Program(Node[] inputs, Node output) => HostExecutor.Compile(new Graph(inputs, [new NamedNode("y", output)])).Program;

    private static Graph Gradient(Graph graph)
    {
        GraphBuilder b = GraphBuilder.After(graph);
        Node output = graph.Outputs.Count > 1 ? graph.Outputs[^2].Node : graph.Outputs[0].Node;
        Node?[] gradients = ReverseMode.Pullback(b, graph.Nodes, new Dictionary<Node, Node> { [output] = b.Full(output.Type, 1) }, graph.Inputs);
        IEnumerable<NamedNode> named = gradients.Select((g, i) => new NamedNode($"g{i}", g ?? b.Full(graph.Inputs[i].Type, 0)));
        return Simplification.Apply(new Graph(graph.Inputs, [.. graph.Outputs, .. named]), HostExecutor.Evaluate);
    }

    private static void Compare(Graph graph, Tensor[] inputs, Func<double, double, double> distance)
    {
        Plan plan = HostExecutor.Compile(graph);
        plan.Program.ShouldNotBeNull();
        Tensor[] results = Executor.Run(plan, inputs);
        var expected = new Dictionary<Node, Tensor>();
        HostExecutor.Interpret(graph, inputs, (node, value, _) => expected[node] = value);
        for (int i = 0; i < results.Length; i++)
        {
            Tensor value = expected[graph.Outputs[i].Node];
            results[i].Type.ShouldBe(value.Type);
            (double.IsNaN(value[0]) ? double.IsNaN(results[i][0]) : BothZeroOrNear(results[i][0], value[0])).ShouldBeTrue($"{results[i][0]:R} for {value[0]:R}");
        }

        bool BothZeroOrNear(double made, double right) => made == right ? double.IsNegative(made) == double.IsNegative(right) : distance(made, right) <= 1;
    }
}
