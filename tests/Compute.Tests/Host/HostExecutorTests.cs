using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Host;

public class HostExecutorTests
{
    [Fact]
    public void A_run_can_be_cancelled_and_gives_its_memory_back()
    {
        var pool = new BufferPool(1L << 30);
        Node x = Input(F64(1000, 1000)), y = Op("MatMul", x.Type, [x, x]);
        for (int i = 0; i < 400; i++)
        {
            y = Op("MatMul", x.Type, [y, x]);
        }

        Plan plan = HostExecutor.Compile(new Graph([x], [new NamedNode("y", y)]));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Should.Throw<OperationCanceledException>(() => new HostExecutor(pool).Run(plan, [Tensor.Zeros(x.Type)], source.Token));
        pool.IdleBytes.ShouldBe(plan.Buffers.Where(b => b.Kind == BufferKind.Work).Sum(b => (b.Length * 8L) + 128)); // and what the objects take
    }

    [Fact]
    public void The_same_request_gives_the_same_bits()
    {
        Node x = Input(F32(512, 600)), w = Input(F32(600, 130));
        Node product = Op("MatMul", F32(512, 130), [x, w]);
        Node soft = Op("Softmax", product.Type, [Op("Sin", product.Type, [product])], ("axis", 0L));
        Node sum = Op("ReduceSum", F32(), [Op("Exp", x.Type, [x])], ("axes", new[] { 0, 1 }), ("keepdims", 0L));
        Plan plan = HostExecutor.Compile(new Graph([x, w], [new("soft", soft), new("sum", sum)]));
        Tensor[] inputs = [Random(x.Type, 1), Random(w.Type, 2)];
        Tensor[] first = new HostExecutor(new BufferPool(0)).Run(plan, inputs);
        var executor = new HostExecutor(new BufferPool(1 << 28));
        for (int i = 0; i < 5; i++)
        {
            Tensor[] again = executor.Run(plan, inputs);
            again[0].Bytes().SequenceEqual(first[0].Bytes()).ShouldBeTrue();
            again[1].Bytes().SequenceEqual(first[1].Bytes()).ShouldBeTrue();
        }
    }

    [Fact]
    public void Inputs_of_another_type_are_refused()
    {
        Node x = Input(F64(2));
        Plan plan = HostExecutor.Compile(new Graph([x], [new NamedNode("x", x)]));
        var executor = new HostExecutor(new BufferPool(0));
        Should.Throw<ArgumentException>(() => executor.Run(plan, [Tensor.Vector(1f, 2f)]));
        Should.Throw<ArgumentException>(() => executor.Run(plan, []));
    }

    [Fact]
    public void The_interpreter_shows_every_value()
    {
        Node x = Input(F64()), log = Op("Log", F64(), [x]), sum = Op("Add", F64(), [log, Constant(Tensor.Scalar(1.0))]);
        var seen = new List<(string, double)>();
        HostExecutor.Interpret(new Graph([x], [new NamedNode("y", sum)]), [Tensor.Scalar(-1.0)], (node, value, _) => seen.Add((node.Op.Name, value[0])));
        seen.ShouldBe([("Input", -1), ("Log", double.NaN), ("Constant", 1), ("Add", double.NaN)], ignoreOrder: true);
    }

    [Fact]
    public void Every_elementwise_primitive_has_a_kernel() =>
        Primitives.Values.Where(primitive => primitive.IsFusible).Select(primitive => primitive.Name).Intersect(HostKernels.Table.Keys).Count().ShouldBe(53);

    [Fact]
    public void The_table_holds_every_primitive_that_is_computed() => HostKernels.Table.Keys.Where(name => !Primitives[name].IsFusible).ShouldBe(
        [
            "ReduceSum", "ReduceMax", "ReduceMin", "ReduceLogSumExp", "ReduceL2", "NormGrad", "Softmax", "LogSoftmax", "ArgMax", "ArgMin", "ArgTopK", "CumSum",
            "MatMul", "Conv", "Unfold", "Fold", "ArgMaxPool", "Expand", "Transpose", "Concat", "Slice", "Pad", "Gather", "GatherElements", "GatherND", "ScatterElements", "ScatterND",
            "Solve", "TriangularSolve", "LogAbsDet", "DetSign", "Cholesky", "Eigvalsh", "Svdvals", "PackedQR", "PackedEigh", "PackedSVD", "Pinv", "Expm", "Erfinv", "Erfcinv", "Erfcx", "Gamma", "BesselI",
        ],
        ignoreOrder: true);

    [Fact]
    public void An_unsupported_type_is_refused() =>
        Should.Throw<GraphException>(() => Eval("Sin", I64(1), [Tensor.Vector(1L)])).Message.ShouldContain("int64");
}
