using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Backprop.Infrastructure.Formats.Onnx.Wire;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Model files: written ones are read back, and invalid ones are rejected before anything is allocated.</summary>
public class ModelFileTests
{
    private static readonly OnnxModel Full = new()
    {
        IrVersion = 8,
        Producer = "tests",
        OperatorSets = [new OperatorSet("", 17), new OperatorSet("own", 1)],
        Graph = new OnnxGraph
        {
            Name = "g",
            Nodes =
            [
                Models.Node(
                    "z  w = own:F(x, , c)", OnnxAttribute.Of("f", 0.1f), OnnxAttribute.Of("i", -3L), OnnxAttribute.Of("s", "ä"), OnnxAttribute.Of("fs", [1f, float.NaN]),
                    OnnxAttribute.Of("is", [long.MinValue, 0L]), OnnxAttribute.Of("ss", ["a", ""]), OnnxAttribute.Of("t", OnnxTensor.Of("", Tensor.Scalar(true)))),
            ],
            Initializers =
            [
                OnnxTensor.Of("c", Tensor.Of(new[] { 1.5, -2, double.PositiveInfinity }, Shape.Of(3, 1))),
                OnnxTensor.Of("n", Tensor.Vector(1f, 2f)),
                OnnxTensor.Of("e", Tensor.Of(Array.Empty<long>(), Shape.Of(0, 4))),
                new OnnxTensor("i", OnnxElementType.Int32, Tensor.Vector(-1L, int.MaxValue)),
            ],
            Inputs = [new OnnxValue("x", OnnxElementType.Int32, [new Dimension(0, "batch"), new Dimension(3), new Dimension(0, "")]), new OnnxValue("open", OnnxElementType.Double)],
            Outputs = [new OnnxValue("z", OnnxElementType.Bool, [])],
        },
        Functions =
        [
            new OnnxFunction
            {
                Name = "F", Domain = "own", Inputs = ["a", "b"], Outputs = ["r"], Attributes = ["f"], Defaults = [OnnxAttribute.Of("i", 1L)],
                Nodes = [Models.Node("r = Elu(a)", new OnnxAttribute("alpha", AttributeType.Float) { Reference = "f" })], OperatorSets = [new OperatorSet("", 17)],
            },
        ],
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        byte[] bytes = ModelWriter.Write(Full);
        OnnxModel read = ModelReader.Read(bytes, Models.Limits);
        ModelWriter.Write(read).ShouldBe(bytes);
        read.Graph.Initializers[0].Value!.Values<double>().ToArray().ShouldBe([1.5, -2, double.PositiveInfinity]);
        read.Graph.Initializers[3].Value!.ToIntegers().ShouldBe([-1, int.MaxValue]);
        read.Graph.Inputs[0].Shape!.ToArray().ShouldBe([new Dimension(0, "batch"), new Dimension(3), new Dimension(0, "")]);
        read.Graph.Nodes[0].Outputs.ToArray().ShouldBe(["z", "", "w"]);
        read.Graph.Nodes[0].Attributes[0].Float.ShouldBe(0.1f);
        read.Functions[0].Nodes[0].Attributes[0].Reference.ShouldBe("f");
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused_or_a_smaller_model()
    {
        byte[] bytes = ModelWriter.Write(Full);
        for (int length = 0; length < bytes.Length; length++)
        {
            try
            {
                ModelReader.Read(bytes.AsSpan(0, length), Models.Limits);
            }
            catch (GraphException refused)
            {
                refused.Path.ShouldBe("onnx");
            }
        }
    }

    [Theory]
    [InlineData("", "no graph")]
    [InlineData("00", "field has the number 0")]
    [InlineData("0B", "wire type 3")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFF01", "more than 10 bytes")]
    [InlineData("3AFFFFFFFF0F", "only 0 are left")]
    [InlineData("3A00" + "3A00", "two graphs")]
    [InlineData("3800", "expected 2")]
    [InlineData("120180", "not UTF-8")]
    [InlineData("1D89", "ends within a field")]
    public void Junk_is_refused(string hex, string why) => Refusal(Convert.FromHexString(hex)).ShouldContain(why);

    [Fact]
    public void Data_must_fill_the_shape()
    {
        OfTensor(w => w.Integers(1, [2, 3])).ShouldContain("'t' has shape [2,3] and 2 elements of data");
        OfTensor(w => w.Integers(1, [-2])).ShouldContain("extent of -2");
        OfTensor(w => w.Integers(1, [1L << 40])).ShouldContain("extent of 1099511627776");
        OfTensor(w => w.Integers(1, [1L << 30, 1L << 30, 1L << 30])).ShouldContain("2 elements");
        OfTensor(w => w.Message(13, _ => { })).ShouldContain("another file");
        OfTensor(w => w.Integer(14, 1)).ShouldContain("another file");
        OfTensor(w => w.Bytes(9, [1, 2, 3])).ShouldContain("3 bytes of data");
    }

    [Fact]
    public void What_is_too_much_is_refused_while_it_is_read()
    {
        var small = new OnnxLimits(10, 100);
        byte[] nodes = Graph(graph => Repeated(11, () => graph.Message(1, _ => { })));
        Should.Throw<LimitException>(() => ModelReader.Read(nodes, small)).Limit.ShouldBe("Limits:MaxNodes");
        byte[] inputs = Graph(graph => Repeated(200, () => graph.Message(11, _ => { })));
        Should.Throw<LimitException>(() => ModelReader.Read(inputs, small)).Limit.ShouldBe("Limits:MaxNodes");
        byte[] tensors = Graph(graph => Repeated(2, () => graph.Message(5, tensor =>
        {
            tensor.Integers(1, [60]);
            tensor.Integer(2, 1);
            tensor.Bytes(9, new byte[240]);
        })));
        Should.Throw<LimitException>(() => ModelReader.Read(tensors, small)).Limit.ShouldBe("Limits:MaxElements");
    }

    private static string OfTensor(Action<WireWriter> write) => Refusal(Graph(graph => graph.Message(5, tensor =>
    {
        tensor.Text(8, "t");
        tensor.Integer(2, 1);
        tensor.Singles(4, [1, 2]);
        write(tensor);
    })));

    private static byte[] Graph(Action<WireWriter> write)
    {
        var model = new WireWriter();
        model.Message(7, write);
        return model.Written.ToArray();
    }

    private static void Repeated(int times, Action act)
    {
        for (int i = 0; i < times; i++)
        {
            act();
        }
    }

    private static string Refusal(byte[] bytes) => Should.Throw<GraphException>(() => ModelReader.Read(bytes, Models.Limits)).Message;
}
