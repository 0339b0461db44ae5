using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Tests.Onnx.Export;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;
using static Backprop.Infrastructure.Tests.Onnx.Models;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>
/// If, Loop and Scan as graphs without control flow: ONNX Runtime's results, gradients, and rejections before anything is allocated.
/// </summary>
public class ControlFlowTests
{
    private static readonly OnnxImporter Importer = new(Limits, HostExecutor.Evaluate);

    private static readonly OnnxGraph Doubled = Graph([], ["t"], Node("t = Add(x, x)"));
    private static readonly OnnxGraph Squared = Graph([], ["u"], Node("u = Mul(x, x)"));

    private static readonly OnnxNode Branches = Node("out = If(c)", OnnxAttribute.Of("then_branch", Doubled), OnnxAttribute.Of("else_branch", Squared));

    // s ← s·x; both s and the iteration number are collected.
    private static readonly OnnxGraph Powers = Graph(
        [Scalar("i", OnnxElementType.Int64), Scalar("go", OnnxElementType.Bool), new OnnxValue("s", OnnxElementType.Float)], ["go", "next", "next", "here"], Node("next = Mul(s, x)"), Node("here = Identity(i)"));

    private static readonly OnnxNode Repeated = Node("last all places = Loop(n, , x)", OnnxAttribute.Of("body", Powers));

    // Doubles until 100 is exceeded: the condition depends on a carried value.
    private static readonly OnnxGraph Growth = Graph(
        [Scalar("i", OnnxElementType.Int64), Scalar("go", OnnxElementType.Bool), new OnnxValue("s", OnnxElementType.Float)], ["more", "next"],
        Node("next = Add(s, s)"), Node("total = ReduceSum(next)", OnnxAttribute.Of("keepdims", 0L)), Node("more = Less(total, hundred)"));

    private static readonly OnnxGraph Sums = Graph(
        [new OnnxValue("s", OnnxElementType.Float), new OnnxValue("row", OnnxElementType.Float)], ["next", "copy"],
        Node("next = Add(s, row)"), Node("copy = Identity(next)"));

    public static TheoryData<string> Cases => [.. Models().Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_numbers_are_those_of_ONNX_Runtime(string name)
    {
        (OnnxModel model, Dictionary<string, Tensor> inputs) = Models()[name];
        byte[] file = ModelWriter.Write(model);
        Tensor[] theirs = Runtime.Run(file, inputs).ShouldNotBeNull();
        Tensor[] ours = Run(file, inputs);
        ours.Length.ShouldBe(theirs.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i].ShouldBeCloseInNorm(theirs[i], 1e-6, model.Graph.Outputs[i].Name);
        }
    }

    [Fact]
    public void A_gradient_flows_through_iterations()
    {
        var inputs = new Dictionary<string, Literal> { ["x"] = new(Tensor.Of([0.5f, -1, 2, 1.5f, 0, 3], Shape.Of(2, 3))), ["n"] = new(Tensor.Scalar(3L)) };
        OnnxModel model = Model([Float("x"), Scalar("n", OnnxElementType.Int64)], ["sum"], Repeated, Node("sum = ReduceSum(last)", OnnxAttribute.Of("keepdims", 0L)));
        GraphDefinition graph = Importer.Import(ModelWriter.Write(model), new SubmittedValues(inputs.Keys, () => inputs, []));
        graph.DecidedBy.ShouldBe(["n"]);
        Engine.Run(graph, inputs, Queries.Gradient(["x"], null, null, null))[ResultKey.Gradient("x")].ToArray().Cast<float>().ShouldBe([0.5f, -4, 32, 13.5f, 0, 108]);
    }

    [Fact]
    public void A_condition_that_differs_from_point_to_point_chooses_between_both_branches()
    {
        OnnxModel model = Model([Float("x"), Scalar("c", OnnxElementType.Bool)], ["out"], Branches);
        var inputs = new Dictionary<string, Literal> { ["x"] = new(Tensor.Of(new float[6], Shape.Of(2, 3))), ["c"] = new(Tensor.Vector(true, false)) };
        GraphDefinition graph = Importer.Import(ModelWriter.Write(model), new SubmittedValues(inputs.Keys, () => inputs, ["c"]));
        graph.Nodes.ShouldContain(node => node.Op == "Where");
        graph.DecidedBy.ShouldBeEmpty();
        OnnxNode uneven = Node("out = If(c)", OnnxAttribute.Of("then_branch", Doubled), OnnxAttribute.Of("else_branch", Graph([], ["u"], Node("u = ReduceSum(x)"))));
        Refusal(Model([Float("x"), Scalar("c", OnnxElementType.Bool)], ["out"], uneven)).ShouldContain("they must compute the same type");
    }

    [Fact]
    public void What_is_not_known_is_refused_by_name()
    {
        Refusal(Model([Float("x"), Scalar("n", OnnxElementType.Int64)], ["last"], Repeated)).ShouldContain("the number of iterations is not known");
        OnnxModel open = Model([new OnnxValue("x", OnnxElementType.Float, [new Dimension(0, "batch"), new Dimension(3)])], ["all"], Scanned());
        Refusal(open).ShouldContain("the shape of 'x' is not known");
        Refusal(Model([Float("x")], ["out"], Node("out = If(x)"))).ShouldContain("the attribute then_branch is missing");
        Refusal(Model([Float("x")], ["out"], Node("out = Loop(x)"))).ShouldContain("the attribute body is missing");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(2000)]
    public void A_loop_that_is_too_long_is_refused_before_it_is_unrolled(long count)
    {
        OnnxGraph idle = Graph([Scalar("i", OnnxElementType.Int64), Scalar("go", OnnxElementType.Bool)], ["go"]);
        OnnxModel model = Model([Float("x")], ["out"], Node("out = Identity(x)"), Node("n = Constant()", OnnxAttribute.Of("value_int", count)), Node("y = Loop(n, , )", OnnxAttribute.Of("body", idle)));
        OnnxGraph step = Graph([Scalar("i", OnnxElementType.Int64), Scalar("go", OnnxElementType.Bool), Float("s")], ["go", "next"], Node("next = Add(s, x)"));
        OnnxModel busy = Model([Float("x")], ["y"], Node("n = Constant()", OnnxAttribute.Of("value_int", count)), Node("y = Loop(n, , x)", OnnxAttribute.Of("body", step)));
        Should.Throw<LimitException>(() => Importer.Import(ModelWriter.Write(busy)));
        Refusal(model).ShouldContain("do not match");
    }

    [Fact]
    public void Graphs_nested_too_deep_are_refused()
    {
        OnnxGraph inner = Doubled;
        for (int i = 0; i < 40; i++)
        {
            inner = Graph([], ["t"], Node("t = If(c)", OnnxAttribute.Of("then_branch", inner), OnnxAttribute.Of("else_branch", Doubled)));
        }

        Refusal(Model([Float("x"), Scalar("c", OnnxElementType.Bool)], ["out"], Node("out = If(c)", OnnxAttribute.Of("then_branch", inner), OnnxAttribute.Of("else_branch", inner))))
            .ShouldContain("nested more than");
    }

    private static Dictionary<string, (OnnxModel Model, Dictionary<string, Tensor> Inputs)> Models()
    {
        OnnxValue x = Float("x"), c = Scalar("c", OnnxElementType.Bool), n = Scalar("n", OnnxElementType.Int64);
        OnnxNode three = Node("n = Constant()", OnnxAttribute.Of("value_int", 3L)), hundred = Node("hundred = Constant()", OnnxAttribute.Of("value_float", 100f));
        OnnxNode shape = Node("s = Shape(x)", OnnxAttribute.Of("start", 1L)), size = Node("n = Squeeze(s)");
        OnnxNode nested = Node("out = If(c)", OnnxAttribute.Of("then_branch", Graph([], ["w"], Repeated, Node("w = Identity(last)"))), OnnxAttribute.Of("else_branch", Squared));
        return new()
        {
            ["the branch taken"] = (Model([x, c], ["out"], Branches), Values(("c", Tensor.Scalar(true)))),
            ["the other branch"] = (Model([x, c], ["out"], Branches), Values(("c", Tensor.Scalar(false)))),
            ["a submitted number of iterations"] = (Model([x, n], ["last", "all", "places"], Repeated), Values(("n", Tensor.Scalar(4L)))),
            ["a constant number of iterations"] = (Model([x], ["last", "all", "places"], three, Repeated), Values()),
            ["as many iterations as columns"] = (Model([x], ["last", "all", "places"], shape, size, Repeated), Values()),
            ["until a sum is large"] = (Model([x], ["out"], hundred, Node("out = Loop(, , x)", OnnxAttribute.Of("body", Growth))), Values()),
            ["a loop in a branch"] = (Model([x, c, n], ["out"], nested), Values(("c", Tensor.Scalar(true)), ("n", Tensor.Scalar(2L)))),
            ["no iteration"] = (Model([x, n], ["last"], Repeated), Values(("n", Tensor.Scalar(0L)))),
            ["a scan"] = (Model([x], ["end", "all"], Zeros(3), Scanned()), Values()),
            ["a scan backwards"] = (Model([x], ["end", "all"], Zeros(3), Scanned(("scan_input_directions", 1), ("scan_output_directions", 1))), Values()),
            ["a scan along columns"] = (Model([x], ["end", "all"], Zeros(2), Scanned(("scan_input_axes", 1), ("scan_output_axes", -1))), Values()),
        };
    }

    private static OnnxNode Scanned(params (string Name, long Value)[] attributes) => Node(
        "end all = Scan(zero, x)",
        [OnnxAttribute.Of("body", Sums), OnnxAttribute.Of("num_scan_inputs", 1L), .. attributes.Select(attribute => OnnxAttribute.Of(attribute.Name, [attribute.Value]))]);

    private static OnnxNode Zeros(int count) => Node("zero = Constant()", OnnxAttribute.Of("value_floats", new float[count]));

    private static Tensor[] Run(byte[] file, Dictionary<string, Tensor> tensors)
    {
        Dictionary<string, Literal> inputs = tensors.ToDictionary(input => input.Key, input => new Literal(input.Value));
        GraphDefinition graph = Importer.Import(file, new SubmittedValues(inputs.Keys, () => inputs, []));
        BoundGraph bound = Engine.Bind(graph, inputs);
        return Engine.RunPlan(bound.Graph, bound.Inputs.Tensors.ToArray());
    }

    private static string Refusal(OnnxModel model) => Should.Throw<GraphException>(() => Importer.Import(ModelWriter.Write(model))).Message;

    private static Dictionary<string, Tensor> Values(params (string Name, Tensor Value)[] others) =>
        new(others.Select(other => KeyValuePair.Create(other.Name, other.Value))) { ["x"] = Tensor.Of([0.5f, -1, 2, 1.5f, 0.25f, 3], Shape.Of(2, 3)) };

    private static OnnxValue Scalar(string name, OnnxElementType type) => new(name, type, []);

    private static OnnxGraph Graph(OnnxValue[] inputs, string[] outputs, params OnnxNode[] nodes) =>
        new() { Name = "body", Inputs = inputs, Nodes = nodes, Outputs = [.. outputs.Select(name => new OnnxValue(name))] };

    private static OnnxModel Model(OnnxValue[] inputs, string[] outputs, params OnnxNode[] nodes) => new()
    {
        IrVersion = 8,
        OperatorSets = [new OperatorSet("", 17)],
        Graph = Graph(inputs, outputs, nodes) with { Name = "g" },
    };
}
