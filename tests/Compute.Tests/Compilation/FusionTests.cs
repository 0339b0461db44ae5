using Backprop.Compute.Compilation;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using CsCheck;
using Shouldly;

namespace Backprop.Compute.Tests.Compilation;

public class FusionTests
{
    private static readonly Shape[] Shapes =
        [Shape.Of(7, 300), Shape.Of(300), Shape.Of(7, 1), Shape.Scalar, Shape.Of(1, 300), Shape.Of(5, 7, 300), Shape.Of(5, 1, 300)];

    [Fact]
    public void Groups_compute_what_their_nodes_compute_one_by_one() =>
        Gen.Select(Gen.Int[0, 1 << 30], Gen.Int[2, 60]).Sample(draw =>
        {
            (Graph graph, Tensor[] inputs) = Draw(new Random(draw.Item1), draw.Item2);
            Plan plan = Plan.Compile(graph, PlanTarget.Device);
            Tensor[] results = new HostExecutor(new BufferPool(1 << 24)).Run(plan, inputs);
            var plain = new Dictionary<Node, Tensor>();
            HostExecutor.Interpret(graph, inputs, (node, value, _) => plain[node] = value);
            for (int i = 0; i < results.Length; i++)
            {
                results[i].Bytes().SequenceEqual(plain[graph.Outputs[i].Node].Bytes()).ShouldBeTrue();
            }
        }, iter: 200);

    [Fact]
    public void A_chain_of_elementwise_nodes_is_one_step()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(1000)));
        Node y = b.Mul(b.Exp(b.Neg(b.Mul(x, x))), b.Sin(x));
        Plan plan = Plan.Compile(new Graph([x], [new NamedNode("y", y)]), PlanTarget.Device);
        plan.Steps.Length.ShouldBe(1);
        ((FusedGroup)plan.Groups[0]).Instructions.Length.ShouldBe(5);
        plan.PeakBytes.ShouldBe(8000);
    }

    [Fact]
    public void A_way_through_another_operation_keeps_groups_apart()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(1000)));
        Node e = b.Exp(x);
        Node s = b.Sub(e, b.Total(e));
        Plan plan = Plan.Compile(new Graph([x], [new NamedNode("y", b.Mul(s, e))]), PlanTarget.Device);
        ((FusedGroup)plan.Groups.ShouldHaveSingleItem()).Instructions.Select(i => i.Node.Op.Name).ShouldBe(["Sub", "Mul"]);
    }

    private static (Graph Graph, Tensor[] Inputs) Draw(Random random, int nodes)
    {
        var b = new GraphBuilder();
        var values = new List<Node>();
        var tensors = new List<Tensor>();
        for (int i = 0; i < 4; i++)
        {
            var type = new TensorType(DType.Float64, Shapes[random.Next(Shapes.Length)]);
            values.Add(b.Input($"x{i}", type));
            tensors.Add(Tensor.Of(Enumerable.Range(0, (int)type.Count).Select(_ => (random.NextDouble() * 2) - 1).ToArray(), type.Shape));
        }

        Node[] inputs = [.. values];
        for (int i = 0; i < nodes; i++)
        {
            values.Add(Next(b, random, Pick(), Pick()));
        }

        NamedNode[] outputs = [.. Enumerable.Range(0, 3).Select(i => new NamedNode($"y{i}", Pick())), new NamedNode("last", values[^1])];
        return (new Graph(inputs, outputs), [.. tensors]);

        Node Pick() => values[Math.Max(random.Next(values.Count), random.Next(values.Count))];
    }

    private static Node Next(GraphBuilder b, Random random, Node x, Node y)
    {
        // No vectorized sine here: its last bit may depend on where a tile begins, which a comparison would amplify.
        if (Shape.Broadcast(x.Shape, y.Shape) is null)
        {
            return b.Unary(Elementwise.ErfOp, x);
        }

        return random.Next(9) switch
        {
            0 => b.Add(x, y),
            1 => b.Mul(x, y),
            2 => b.Where(b.Greater(x, y), x, b.Unary(Elementwise.ErfOp, y)),
            3 => b.Cast(b.Less(x, y), DType.Float64),
            4 => b.Tanh(x),
            5 => b.ReduceSum(x, [.. ReductionBuilding.AllAxes(x).Take(1)], true),
            6 => b.Times(b.Sigmoid(x), 2),
            7 => b.Unary(Elementwise.IdentityOp, x),
            _ => b.Max(x, y),
        };
    }
}
