using System.Reflection;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Costs;

/// <summary>The price of every operator of the table equals a count by hand.</summary>
public class OperatorFlopsTests
{
    private static readonly Type[] Families =
        [typeof(Elementwise), typeof(Piecewise), typeof(Reductions), typeof(Layout), typeof(Indexing), typeof(LinearAlgebra), typeof(Structure), typeof(Windowing), typeof(Convolutions), typeof(LinearSystems), typeof(Factorizations), typeof(SpecialPrimitives)];

    public static TheoryData<string> Names => OperatorSamples.Names;

    public static TheoryData<string> Primitives => [.. All.Select(primitive => primitive.Name)];

    private static IEnumerable<Primitive> All => Families.SelectMany(family => family.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Where(property => property.PropertyType == typeof(Primitive)).Select(property => (Primitive)property.GetValue(null)!);

    [Theory]
    [MemberData(nameof(Names))]
    public void Flops_are_those_of_an_independent_count(string name)
    {
        Sample sample = OperatorSamples.Find(name);
        Graph graph = Engine.Bind(sample.Definition, sample.Inputs).Graph;
        Shape result = graph.Outputs[0].Node.Shape;
        ((long)GraphPrice.Of(graph).Total.Flops).ShouldBe(new OperatorCount(sample, result).Expected());
    }

    [Theory]
    [MemberData(nameof(Primitives))]
    public void Every_primitive_has_a_rule(string name)
    {
        Primitive primitive = All.First(each => each.Name == name);
        if (primitive == Structure.Input || primitive == Structure.Constant)
        {
            return;
        }

        Sample[] samples = [.. OperatorSamples.All.Where(sample => Graph(sample).Nodes.Any(node => node.Op == primitive))];
        samples.ShouldNotBeEmpty($"no sample uses {name}");
        foreach (Node node in samples.SelectMany(sample => Graph(sample).Nodes).Where(node => node.Op == primitive))
        {
            Work work = NodeWork.Of(node);
            (work.Transcendentals >= 0 && work.Transcendentals <= work.Flops).ShouldBeTrue();
            bool moves = name is not ("Reshape" or "Identity" or "StopGradient");
            work.BytesWritten.ShouldBe(moves ? node.Type.Count * node.DType.Size() : 0);
        }

        static Graph Graph(Sample sample) => Engine.Bind(sample.Definition, sample.Inputs).Graph;
    }

    [Fact]
    public void A_primitive_without_a_rule_is_an_error_and_never_free()
    {
        var made = new Primitive("Opaque", null, (b, node, inputs, _, _) => b.Make(node.Op, node.Type, inputs), _ => 0);
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Scalar));
        b.Origin = new Origin("z", 4);
        Node z = b.Make(made, x.Type, [x]);
        var error = Should.Throw<GraphException>(() => GraphPrice.Of(new Graph([x], [new NamedNode("z", z)])));
        error.Message.ShouldContain("Opaque");
        error.Path.ShouldBe("graph.nodes[4].op");
        error.Node.ShouldBe("z");
    }

    [Theory]
    [InlineData("Exp", 6)]
    [InlineData("Sigmoid", 8)]
    [InlineData("Softmax", 6)]
    [InlineData("LogSoftmax", 8)]
    [InlineData("Gelu", 8)]
    [InlineData("Sqrt", 0)]
    [InlineData("Div", 0)]
    [InlineData("MatMul", 0)]
    public void Transcendentals_are_counted_apart(string op, long expected)
    {
        Sample sample = OperatorSamples.All.First(sample => sample.Operator == op);
        ((long)GraphPrice.Of(Engine.Bind(sample.Definition, sample.Inputs).Graph).Total.Transcendentals).ShouldBe(expected);
    }

    [Fact]
    public void Bytes_of_a_look_up_are_those_of_the_rows_and_not_of_the_table()
    {
        var b = new GraphBuilder();
        Node table = b.Input("t", new TensorType(DType.Float32, Shape.Of(50000, 64))), rows = b.Input("i", new TensorType(DType.Int64, Shape.Of(10)));
        Work work = NodeWork.Of(b.Gather(table, rows, 0));
        work.BytesRead.ShouldBe((10 * 64 * 4) + (10 * 8));
        work.BytesWritten.ShouldBe(10 * 64 * 4);
    }

    [Fact]
    public void An_operand_that_occurs_twice_is_read_once()
    {
        var b = new GraphBuilder();
        Node x = b.Input("x", new TensorType(DType.Float64, Shape.Of(5)));
        NodeWork.Of(b.Square(x)).BytesRead.ShouldBe(40);
    }
}
