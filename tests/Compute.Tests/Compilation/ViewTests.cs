using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Shouldly;
using static Backprop.Compute.Tests.Nodes;

namespace Backprop.Compute.Tests.Compilation;

/// <summary>Layouts that a matrix product reads or writes at strides: they take no step of their own and give the same values.</summary>
public class ViewTests
{
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 24));

    private readonly GraphBuilder b = new();

    [Fact]
    public void A_transposed_operand_is_no_step()
    {
        Node x = Input("x", 70, 50), y = Input("y", 40, 50);
        Steps([x, y], b.MatMul(x, b.Transpose(y, [1, 0]))).ShouldBe(["MatMul"]);
        Steps([x, y], b.MatMul(b.Transpose(x, [1, 0]), x)).ShouldBe(["MatMul"]);
    }

    [Fact]
    public void Attention_reads_and_writes_its_heads_in_place()
    {
        Node qkv = Input("qkv", 2, 30, 3 * 24);
        Node q = Heads(qkv, 0, [0, 2, 1, 3]), k = Heads(qkv, 24, [0, 2, 3, 1]), v = Heads(qkv, 48, [0, 2, 1, 3]);
        Node mixed = b.MatMul(b.MatMul(q, k), v);
        Node together = b.Reshape(b.Transpose(mixed, [0, 2, 1, 3]), Shape.Of(2, 30, 24));
        Steps([qkv], together).ShouldBe(["MatMul", "MatMul"]);
        Steps([qkv], b.Exp(together)).ShouldBe(["MatMul", "MatMul", "Exp"]);
    }

    [Fact]
    public void A_result_is_written_column_by_column_where_only_its_transpose_is_wanted()
    {
        Node x = Input("x", 3, 20, 33), y = Input("y", 3, 33, 17);
        Steps([x, y], b.Transpose(b.MatMul(x, y), [0, 2, 1])).ShouldBe(["MatMul"]);
        Steps([x, y], b.Transpose(b.MatMul(x, y), [2, 0, 1])).ShouldBe(["MatMul"]);
        Steps([x, y], b.Transpose(b.MatMul(x, y), [1, 2, 0])).ShouldBe(["MatMul", "Transpose"]);
    }

    [Fact]
    public void What_others_use_too_is_made()
    {
        Node x = Input("x", 40, 50);
        Node turned = b.Transpose(x, [1, 0]);
        Steps([x], b.MatMul(x, turned), turned).ShouldBe(["Transpose", "MatMul"], ignoreOrder: true);
        Steps([x], b.MatMul(b.Exp(turned), b.MatMul(x, turned))).ShouldBe(["Transpose", "Exp", "MatMul", "MatMul"], ignoreOrder: true);
        Node product = b.MatMul(x, turned);
        Steps([x], b.Transpose(product, [1, 0]), product).ShouldBe(["MatMul", "Transpose"]);
    }

    [Fact]
    public void A_reshape_is_a_view_where_its_axes_do_not_cut_across()
    {
        Node x = Input("x", 6, 4, 10), y = Input("y", 8, 3), z = Input("z", 10, 5);
        Node turned = b.Transpose(x, [1, 0, 2]);
        Steps([x, z], b.MatMul(b.Reshape(turned, Shape.Of(4, 3, 2, 10)), z)).ShouldBe(["MatMul"]);
        Steps([x, y], b.MatMul(b.Reshape(turned, Shape.Of(30, 8)), y)).ShouldBe(["Transpose", "MatMul"]);
    }

    [Fact]
    public void Slices_and_expansions_are_read_in_place_and_reversed_ones_made()
    {
        Node x = Input("x", 50, 60), y = Input("y", 1, 20, 30);
        Steps([x, y], b.MatMul(b.Slice(x, [3, 1], [2, 3], Shape.Of(20, 20)), b.Expand(y, Shape.Of(4, 20, 30)))).ShouldBe(["MatMul"]);
        Steps([x], b.MatMul(b.Slice(x, [49, 0], [-1, 1], Shape.Of(50, 60)), b.Transpose(x, [1, 0]))).ShouldBe(["Slice", "MatMul"]);
    }

    [Fact]
    public void Windows_are_read_in_place()
    {
        Node x = Input("x", 50, 60), y = Input("y", 7, 12);
        Steps([x, y], b.MatMul(b.Unfold(x, 1, 7, 5, 2), y)).ShouldBe(["MatMul"]);
    }

    [Fact]
    public void A_convolution_reads_points_as_channels_in_place()
    {
        Node x = Input("x", 6, 3, 20, 20), g = Input("g", 6, 4, 18, 18);
        Steps([x, g], b.Conv(b.Transpose(x, [1, 0, 2, 3]), b.Transpose(g, [1, 0, 2, 3]), [1, 1], [1, 1], 1)).ShouldBe(["Conv"]);
        Steps([x, g], b.Conv(b.Slice(x, [1, 0, 2, 1], [2, 1, 1, 3], Shape.Of(3, 3, 12, 6)), b.Slice(g, [0, 0, 0, 0], [1, 1, 1, 1], Shape.Of(4, 3, 5, 5)), [2, 1], [1, 1], 1))
            .ShouldBe(["Conv"]);
        Node y = Input("y", 6, 3, 18, 18), h = Input("h", 6, 5, 16, 16);
        Steps([y, h], b.Conv(b.Transpose(y, [1, 0, 2, 3]), b.Transpose(h, [1, 0, 2, 3]), [1, 1], [1, 1], 1)).ShouldBe(["Conv"]);
    }

    [Fact]
    public void For_other_devices_every_layout_is_a_step()
    {
        Node x = Input("x", 70, 50);
        Plan plan = Plan.Compile(new Graph([x], [new NamedNode("y", b.MatMul(x, b.Transpose(x, [1, 0])))]), PlanTarget.Device);
        Names(plan).ShouldBe(["Transpose", "MatMul"]);
        plan.Strides.ShouldAllBe(strides => strides == null);
    }

    private static IEnumerable<string> Names(Plan plan) => plan.Steps.Select(step => step < 0 ? "group" : plan.Graph.Nodes[step].Op.Name);

    private Node Input(string name, params int[] dims) => b.Input(name, new TensorType(DType.Float32, Shape.Of(dims)));

    private Node Heads(Node qkv, int start, int[] perm) =>
        b.Transpose(b.Reshape(b.Slice(qkv, [0, 0, start], [1, 1, 1], Shape.Of(2, 30, 24)), Shape.Of(2, 30, 4, 6)), perm);

    /// <summary>The steps of the host's plan, after it has given the same bits as the plan in which every value is row-major.</summary>
    private static IEnumerable<string> Steps(Node[] inputs, params Node[] outputs)
    {
        var graph = new Graph(inputs, [.. outputs.Select((output, i) => new NamedNode($"y{i}", output))]);
        Tensor[] values = [.. inputs.Select((input, i) => Random(input.Type, i + 1))];
        Plan plan = Plan.Compile(graph, HostExecutor.Target with { CompileProgram = null });
        Tensor[] viewed = Executor.Run(plan, values), made = Executor.Run(Plan.Compile(graph, PlanTarget.Device), values);
        for (int i = 0; i < outputs.Length; i++)
        {
            viewed[i].Shape.ShouldBe(outputs[i].Shape);
            viewed[i].Values<float>().ToArray().ShouldBe(made[i].Values<float>().ToArray());
        }

        return Names(plan);
    }
}
