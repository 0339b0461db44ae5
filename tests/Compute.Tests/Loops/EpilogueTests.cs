using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Compute.Host.Gemm;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using Shouldly;

namespace Backprop.Compute.Tests.Loops;

/// <summary>
/// Products whose result the next loop processes: cut by rows, by blocks, one after another, and cut so that nothing can be passed on.
/// </summary>
public class EpilogueTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 26));

    [Theory]
    [InlineData(1, 784, 64, 512)]
    [InlineData(1, 512, 512, 512)]
    [InlineData(1, 509, 700, 192)]
    [InlineData(1, 515, 1500, 64)]
    [InlineData(1, 64, 784, 512)]
    [InlineData(1, 300, 70, 1000)]
    [InlineData(1, 40, 3, 20)]
    [InlineData(16, 128, 64, 128)]
    [InlineData(7, 33, 20, 65)]
    public void What_a_loop_makes_of_a_product_is_what_its_nodes_make_of_it(int batch, int m, int k, int n)
    {
        var b = new GraphBuilder();
        Node left = b.Input("left", Nodes.F32(batch, m, k)), right = b.Input("right", Nodes.F32(batch, k, n)), bias = b.Input("bias", Nodes.F32(n));
        Node product = b.MatMul(left, right), moved = b.Add(b.Square(product), bias);
        ShouldAgree([left, right, bias], product, moved);
        ShouldAgree([left, right, bias], product, b.Total(b.Square(product)));
        ShouldAgree([left, right, bias], product, b.Normalized(Reductions.SoftmaxOp, product, 2));
    }

    [Theory]
    [InlineData(1, 784, 64, 512, true)]
    [InlineData(1, 512, 512, 512, true)]
    [InlineData(16, 128, 64, 128, true)]
    [InlineData(1, 64, 784, 512, false)]
    [InlineData(1, 40, 3, 20, false)]
    public void A_product_hands_on_every_element_once_or_none(int batch, int m, int k, int n, bool handsOn)
    {
        var taken = new int[batch * m * n];
        var epilogue = new Epilogue(n, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                Interlocked.Increment(ref taken[i]);
            }
        });
        Node product = new GraphBuilder().MatMul(Nodes.Input(Nodes.F32(batch, m, k)), Nodes.Input(Nodes.F32(batch, k, n)));
        View[] operands = [.. product.Inputs.Select(input => new View(Nodes.Random(input.Type, 1)))];
        var call = new KernelCall(product, operands, new View(Nodes.Random(product.Type, 2)), default) { Epilogue = epilogue };
        HostKernels.Of("MatMul")(call);
        taken.ShouldAllBe(times => times == (handsOn ? 1 : 0));
    }

    [Fact]
    public void A_loop_does_not_write_over_what_its_product_still_reads()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", Nodes.F32(512, 512)), w = b.Input("w", Nodes.F32(512, 512));
        Node work = b.Tanh(b.Square(x)), product = b.MatMul(work, w);
        ShouldAgree([x, w], product, b.Add(b.Square(product), work));
    }

    private static void ShouldAgree(Node[] inputs, Node product, Node output)
    {
        var graph = new Graph(inputs, [new NamedNode("y", output)]);
        Plan plan = Plan.Compile(graph, HostExecutor.Target with { LeastLooped = 1, CompileProgram = null });
        plan.Producers.Count.ShouldBe(1);
        Tensor[] values = [.. inputs.Select((input, i) => Nodes.Random(input.Type, i))];
        Tensor made = Executor.Run(plan, values)[0];
        Executor.Run(plan, values)[0].Bytes().SequenceEqual(made.Bytes()).ShouldBeTrue();
        HostExecutor.Interpret(graph, values, (node, value, _) =>
        {
            if (node == output)
            {
                Largest(made, value).ShouldBeLessThan(1e-4 * Math.Max(1, value.Doubles().Max(Math.Abs)), product.ToString());
            }
        });
    }

    private static double Largest(Tensor a, Tensor b) => a.Doubles().Zip(b.Doubles(), (x, y) => Math.Abs(x - y)).Max();
}
