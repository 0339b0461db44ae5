using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;
using Xunit;
using static Backprop.Infrastructure.Tests.Onnx.Models;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Models as definitions.</summary>
public class ImportTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_opset_that_is_not_known_is_refused_by_number(long opset) =>
        Of(opset, Node("out = Relu(x)")).ShouldBeRefused().ShouldContain($"opset {opset} of ai.onnx; opsets 1 to 26 are supported");

    [Fact]
    public void A_model_says_which_opset_it_means()
    {
        OnnxModel model = Of(17, Node("out = Relu(x)"));
        (model with { OperatorSets = [new OperatorSet("ai.onnx", 17)] }).Nodes().ShouldBe(["out = Relu(x)"]);
        (model with { OperatorSets = [] }).ShouldBeRefused().ShouldContain("must import an operator set of ai.onnx");
    }

    [Fact]
    public void All_that_is_not_supported_is_named_at_once()
    {
        OnnxModel model = Of(
            17, Node("a = ConvInteger(x)"), Node("b = NonMaxSuppression(x)") with { Name = "second" }, Node("c = com.microsoft:Fused(x)"), Node("d = Square(x)"),
            Node("e = Cast(x)", OnnxAttribute.Of("to", 8L)), Node("f = Constant()", OnnxAttribute.Of("value_string", "s")), Node("out = Relu(x)"));
        model = model with
        {
            Graph = model.Graph with
            {
                Inputs = [.. model.Graph.Inputs, new OnnxValue("h", OnnxElementType.Complex64)],
                Initializers = [new OnnxTensor("q", OnnxElementType.UInt8, Tensor.Vector(true, false)), new OnnxTensor("r", OnnxElementType.Complex128, Tensor.Vector(1.0))],
            },
        };
        var refusal = Should.Throw<GraphException>(() => model.Imported());
        refusal.Message.ShouldBe(
            "the model uses unsupported constructs: element type complex64 (input 'h'), element type complex128 (initializer 'r'), operator ConvInteger (node 'a'), "
            + "operator NonMaxSuppression (node 'second'), operator com.microsoft.Fused (node 'c'), operator Square (node 'd'), "
            + "element type string (attribute to of node 'e'), element type string (node 'f')");
        refusal.Node.ShouldBe("a");
        string many = Of(17, [.. Enumerable.Range(0, 50).Select(i => Node($"n{i} = Nope(x)"))]).ShouldBeRefused();
        many.ShouldEndWith(", and 30 more");
    }

    [Fact]
    public void Initializers_are_parameters_and_constants_are_not()
    {
        OnnxModel model = Of(17, Node("two = Constant()", OnnxAttribute.Of("value_float", 2f)), Node("p = Pow(x, two)"), Node("out = Mul(p, w)"));
        model = model with
        {
            Graph = model.Graph with
            {
                Inputs = [Float("x"), new OnnxValue("w", OnnxElementType.Float)],
                Initializers = [OnnxTensor.Of("w", Tensor.Scalar(3f))],
            },
        };
        GraphDefinition graph = model.Imported();
        graph.Inputs.Select(input => input.Name).ShouldBe(["x"]);
        graph.Constants.Select(constant => (constant.Name, constant.IsFixed, constant.Value.Stated)).ShouldBe([("w", false, DType.Float32), ("two", true, DType.Float32)]);
        model.Imported("x", "w").Inputs.Select(input => input.Name).ShouldBe(["x", "w"]);
        CanonicalForm.Of(graph).Json.AsSpan().IndexOf("\"fixed\":true"u8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Numbers_are_the_decimals_that_were_written()
    {
        OnnxModel model = Of(17, Node("a = Elu(x)", OnnxAttribute.Of("alpha", 0.1f)), Node("out = Selu(a)", OnnxAttribute.Of("alpha", 1.6732632f)));
        GraphDefinition graph = model.Imported();
        graph.Nodes[0].Attributes["alpha"].Numbers!.Value[0].ShouldBe(0.1);
        graph.Nodes[1].Attributes["alpha"].Numbers!.Value[0].ShouldBe(1.67326319217681884765625);
    }

    [Fact]
    public void Names_are_free_and_values_that_nobody_wants_are_left_out()
    {
        OnnxModel model = Of(17, Node("a/b:0  = TopK(x, k)"), Node(" = Relu(x)"), Node("out = Clip(a/b:0, , y)"));
        model = model with { Graph = model.Graph with { Initializers = [OnnxTensor.Of("k", Tensor.Vector(1L))] } };
        model.Nodes().ShouldBe(["a/b:0 = TopK(x, k)", "out = Clip(a/b:0, , y)"]);
    }

    [Fact]
    public void An_extent_that_is_open_gets_a_name_of_its_own()
    {
        OnnxModel model = Of(17, Node("out = Relu(x)"));
        model = model with { Graph = model.Graph with { Inputs = [new OnnxValue("x", OnnxElementType.Int32, [new Dimension(0, ""), new Dimension(0, "n"), new Dimension(3)])] } };
        InputDefinition x = model.Imported().Inputs.ShouldHaveSingleItem();
        x.DType.ShouldBe(DType.Int64);
        x.Shape!.ToArray().ShouldBe([new Dimension(0, "x.0"), new Dimension(0, "n"), new Dimension(3)]);
    }

    [Fact]
    public void Gradient_names_values()
    {
        OnnxModel model = Of(
            17, Node("l = ReduceSum(x)"),
            Node("out = ai.onnx.preview.training:Gradient(x, y)", OnnxAttribute.Of("xs", ["x"]), OnnxAttribute.Of("zs", ["y"]), OnnxAttribute.Of("y", "l")));
        (model with { OperatorSets = [.. model.OperatorSets, new OperatorSet("ai.onnx.preview.training", 1)] })
            .Nodes().ShouldBe(["l = ReduceSum(x)", "out = Gradient(x, y, xs=x, y=l, zs=y)"]);
    }
}
