using Backprop.Compute.Compilation;
using Backprop.Compute.Compilation.Loops;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using CsCheck;
using Shouldly;

namespace Backprop.Compute.Tests.Loops;

public class LoopTests
{
    private static readonly PlanTarget Target = HostExecutor.Target with { LeastLooped = 1, CompileProgram = null };
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 26));

    [Fact]
    public void Loops_compute_what_their_nodes_compute_one_by_one() =>
        Gen.Select(Gen.Int[0, 1 << 30], Gen.Int[2, 40]).Sample(draw =>
        {
            var drawn = new LoopGraph(new Random(draw.Item1), draw.Item2);
            Plan plan = Plan.Compile(drawn.Graph, Target);
            Tensor[] results = Executor.Run(plan, drawn.Inputs);
            var plain = new Dictionary<Node, Tensor>();
            HostExecutor.Interpret(drawn.Graph, drawn.Inputs, (node, value, _) => plain[node] = value);
            for (int i = 0; i < results.Length; i++)
            {
                ShouldBeClose(results[i], plain[drawn.Graph.Outputs[i].Node], drawn.Tolerance);
            }

            Tensor[] again = Executor.Run(plan, drawn.Inputs);
            for (int i = 0; i < results.Length; i++)
            {
                again[i].Bytes().SequenceEqual(results[i].Bytes()).ShouldBeTrue();
            }
        }, iter: 150);

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Every_function_has_the_bits_of_its_kernel_for_special_values_too(DType dtype)
    {
        Tensor x = Special(dtype, turned: false), y = Special(dtype, turned: true);
        var b = new GraphBuilder();
        Node[] inputs = [b.Input("x", x.Type), b.Input("y", y.Type)];
        foreach ((string name, Node node) in Functions(b, inputs[0], inputs[1]))
        {
            // Two nodes, so that there is a group.
            var graph = new Graph(inputs, [new NamedNode(name, node), new NamedNode("copy", b.Where(b.Equal(inputs[0], inputs[0]), b.Cast(node, dtype), inputs[1]))]);
            Plan plan = Plan.Compile(graph, Target);
            plan.Groups.ShouldHaveSingleItem().ShouldBeOfType<FusedLoop>();
            Tensor result = Executor.Run(plan, [x, y])[0];
            HostExecutor.Interpret(graph, [x, y], (made, value, _) =>
            {
                if (made == node)
                {
                    Same(result, value).ShouldBeTrue($"{name} in {dtype}");
                }
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(100_003)]
    public void Sums_of_all_end_where_the_elements_end(int count)
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float32, Shape.Of(count)));
        Node square = b.Square(x);
        Plan plan = Plan.Compile(new Graph([x], [new NamedNode("sum", b.Total(square)), new NamedNode("max", b.Reduce(Reductions.ReduceMaxOp, square, [0], false))]), Target);
        Tensor values = Nodes.Random(x.Type, 7);
        Tensor[] results = Executor.Run(plan, [values]);
        results[0][0].ShouldBe(values.Doubles().Sum(v => v * v), 1e-5 * count);
        results[1][0].ShouldBe((float)values.Doubles().Max(v => (float)v * (float)v));
    }

    [Fact]
    public void A_softmax_cross_entropy_with_its_gradient_is_one_step()
    {
        (Graph graph, Tensor[] inputs) = CrossEntropy(labels: [3, 0, -1, 39, 7]);
        Plan plan = Plan.Compile(graph, Target);
        plan.Groups.ShouldHaveSingleItem();
        Tensor[] results = Executor.Run(plan, inputs);
        var plain = new Dictionary<Node, Tensor>();
        HostExecutor.Interpret(graph, inputs, (node, value, _) => plain[node] = value);
        ShouldBeClose(results[0], plain[graph.Outputs[0].Node], 1e-13);
        ShouldBeClose(results[1], plain[graph.Outputs[1].Node], 1e-13);
    }

    [Fact]
    public void Rows_that_share_their_numbers_are_one_long_row()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float32, Shape.Of(3, 5, 8, 16))), scale = b.Input("s", new TensorType(DType.Float32, Shape.Of(5, 1, 1)));
        Node row = b.Input("r", new TensorType(DType.Float32, Shape.Of(8, 1)));
        foreach ((Node other, int columns) in new[] { (scale, 128), (row, 16) })
        {
            var graph = new Graph([x, scale, row], [new NamedNode("y", b.Exp(b.Mul(x, other)))]);
            Plan plan = Plan.Compile(graph, Target);
            plan.Groups.ShouldHaveSingleItem().ShouldBeOfType<FusedLoop>().Columns.ShouldBe(columns);
            Tensor[] inputs = [.. graph.Inputs.Select((input, i) => Nodes.Random(input.Type, i))];
            Dictionary<Node, Tensor> plain = [];
            HostExecutor.Interpret(graph, inputs, (node, value, _) => plain[node] = value);
            ShouldBeClose(Executor.Run(plan, inputs)[0], plain[graph.Outputs[0].Node], 1e-6);
        }
    }

    [Fact]
    public void A_label_out_of_range_names_the_node_as_ever()
    {
        (Graph graph, Tensor[] inputs) = CrossEntropy(labels: [3, 0, 40, 39, 7]);
        string expected = Should.Throw<GraphException>(() => HostExecutor.Interpret(graph, inputs, (_, _, _) => { })).Message;
        GraphException error = Should.Throw<GraphException>(() => Executor.Run(Plan.Compile(graph, Target), inputs));
        error.Message.ShouldBe(expected);
    }

    [Fact]
    public void A_run_allocates_nothing_but_its_results()
    {
        (Graph graph, Tensor[] inputs) = CrossEntropy(labels: [3, 0, -1, 39, 7]);
        Plan plan = Plan.Compile(graph, Target);
        for (int warming = 0; warming < 3; warming++)
        {
            Array.ForEach(Executor.Run(plan, inputs), Executor.Return);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Array.ForEach(Executor.Run(plan, inputs), Executor.Return);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024);
    }

    private static (Graph Graph, Tensor[] Inputs) CrossEntropy(long[] labels)
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(labels.Length, 40))), t = b.Input("t", new TensorType(DType.Int64, Shape.Of(labels.Length, 1)));
        Node log = b.Normalized(Reductions.LogSoftmaxOp, x, 1);
        Node picked = b.GatherElements(log, t, 1);
        Node hot = b.ScatterElements(b.Full(x.Type, 0), t, b.Constant(Tensor.Filled(picked.Type, -1)), 1, "none");
        Node gradient = b.Sub(hot, b.Mul(b.Exp(log), b.ReduceSum(hot, [1], true)));
        return (new Graph([x, t], [new NamedNode("picked", picked), new NamedNode("gradient", gradient)]), [Nodes.Random(x.Type, 5), Tensor.Of(labels, t.Shape)]);
    }

    private static IEnumerable<(string Name, Node Node)> Functions(GraphBuilder b, Node x, Node y)
    {
        Primitive[] unary =
        [
            Elementwise.SqrtOp, Elementwise.ExpOp, Elementwise.LogOp, Elementwise.SinOp, Elementwise.CosOp, Elementwise.TanOp, Elementwise.SinhOp,
            Elementwise.CoshOp, Elementwise.TanhOp, Elementwise.ErfOp, Elementwise.ErfcOp, Elementwise.Log1pOp, Elementwise.Expm1Op,
            Elementwise.SigmoidOp, Elementwise.SoftplusOp, Elementwise.NegOp, Elementwise.AbsOp, Piecewise.SignOp, Piecewise.FloorOp, Piecewise.CeilOp,
            Piecewise.RoundOp,
        ];
        return unary.Select(op => (op.Name, b.Unary(op, x))).Concat(
        [
            ("Add", b.Add(x, y)), ("Sub", b.Sub(x, y)), ("Mul", b.Mul(x, y)), ("Div", b.Div(x, y)), ("Max", b.Max(x, y)), ("Min", b.Min(x, y)),
            ("Greater", b.Greater(x, y)), ("GreaterOrEqual", b.GreaterOrEqual(x, y)), ("Less", b.Less(x, y)), ("LessOrEqual", b.LessOrEqual(x, y)),
            ("Equal", b.Equal(x, y)), ("And", b.And(b.Less(x, y), b.Less(y, b.Scalar(1, y.DType)))), ("Not", b.Unary(Piecewise.NotOp, b.Less(x, y))),
            ("Where", b.Where(b.Less(x, y), x, y)), ("Cast", b.Cast(b.Less(x, y), x.DType)), ("ToTruth", b.Cast(x, DType.Bool)),
            .. new[] { 1.0, 2, 3, -1 }.Select(power => ($"Pow {power}", b.Pow(x, b.Scalar(power, x.DType)))),
        ]);
    }

    // All pairs of special numbers, and some ordinary ones: a row and part of a vector more.
    private static Tensor Special(DType dtype, bool turned)
    {
        double[] numbers =
            [0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3e5, -3e5, 1e-40, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 88, -104, 700, -745, 0.1];
        Tensor tensor = Tensor.Zeros(new TensorType(dtype, Shape.Of(numbers.Length * numbers.Length)));
        for (int i = 0; i < tensor.Count; i++)
        {
            double value = numbers[turned ? i % numbers.Length : i / numbers.Length];
            if (dtype == DType.Float64)
            {
                tensor.Values<double>()[i] = value;
            }
            else
            {
                tensor.Values<float>()[i] = (float)value;
            }
        }

        return tensor;
    }

    // The bits of a NaN are unspecified.
    private static bool Same(Tensor a, Tensor b) => Enumerable.Range(0, a.Count).All(i =>
        double.IsNaN(a[i]) ? double.IsNaN(b[i]) : BitConverter.DoubleToInt64Bits(a[i]) == BitConverter.DoubleToInt64Bits(b[i]));

    private static void ShouldBeClose(Tensor actual, Tensor expected, double tolerance)
    {
        actual.Type.ShouldBe(expected.Type);
        double scale = 1;
        for (int i = 0; i < expected.Count; i++)
        {
            scale = double.IsFinite(expected[i]) ? Math.Max(scale, Math.Abs(expected[i])) : scale;
        }

        for (int i = 0; i < expected.Count; i++)
        {
            bool same = actual[i].Equals(expected[i]) || Math.Abs(actual[i] - expected[i]) <= tolerance * scale;
            same.ShouldBeTrue($"[{i}]: {actual[i]} is not {expected[i]}");
        }
    }
}
