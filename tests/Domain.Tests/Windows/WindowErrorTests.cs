using System.Text.Json;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Windows;

/// <summary>Errors of convolutions and poolings name the node's path, whatever the numbers.</summary>
public class WindowErrorTests
{
    [Theory]
    [InlineData("Conv", "[1,2,4]", "[3,2,5]", "{}", "fit")]
    [InlineData("Conv", "[1,2,4]", "[3,1,2]", "{}", "groups")]
    [InlineData("Conv", "[1,2,4]", "[3,1,2]", """{"group":2}""", "groups")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"group":0}""", "groups")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2,2]", "{}", "rank")]
    [InlineData("Conv", "[2,4]", "[3,2]", "{}", "[N,C,extents…]")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"strides":[0]}""", "strides")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"strides":[1,1]}""", "strides")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"dilations":[-1]}""", "dilations")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"dilations":[2147483647]}""", "fit")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"pads":[-1,0]}""", "pads")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"pads":[1]}""", "pads")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"pads":[2147483647,2147483647]}""", "fit")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"pads":[2147483000,0]}""", "MaxElements")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"pads":[9223372036854775807,0]}""", "pads")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"kernel_shape":[3]}""", "kernel_shape")]
    [InlineData("Conv", "[1,2,4]", "[3,2,2]", """{"auto_pad":"SAME"}""", "auto_pad")]
    [InlineData("Conv", "[1,0,4]", "[3,0,2]", "{}", "empty")]
    [InlineData("ConvTranspose", "[1,2,4]", "[3,2,2]", "{}", "groups")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"pads":[3,3]}""", "left")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"output_padding":[-1]}""", "negative")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"output_shape":[0]}""", "output_shape")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"output_shape":[1,1,1,1]}""", "output_shape")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"strides":[2147483647]}""", "range")]
    [InlineData("ConvTranspose", "[1,2,4]", "[2,3,2]", """{"strides":[100000000]}""", "MaxElements")]
    [InlineData("MaxPool", "[1,1,4]", null, """{"kernel_shape":[5]}""", "fit")]
    [InlineData("MaxPool", "[1,1,4]", null, """{"kernel_shape":[2],"pads":[2,0]}""", "border")]
    [InlineData("MaxPool", "[1,1,4]", null, """{"kernel_shape":[2],"pads":[0,2147483000]}""", "border")]
    [InlineData("MaxPool", "[1,1,4]", null, """{"kernel_shape":[0]}""", "fit")]
    [InlineData("MaxPool", "[1,1,4]", null, """{"kernel_shape":[2,2]}""", "kernel_shape")]
    [InlineData("AveragePool", "[1,1,4]", null, """{"kernel_shape":[2],"pads":[2,0]}""", "border")]
    [InlineData("AveragePool", "[1,1,4]", null, """{"kernel_shape":[2147483647],"pads":[2147483000,0]}""", "fit")]
    [InlineData("LpPool", "[1,1,4]", null, """{"kernel_shape":[2],"p":0}""", "norm")]
    [InlineData("LRN", "[1,2,4]", null, """{"size":0}""", "size")]
    [InlineData("LRN", "[1,2,4]", null, """{"size":2147483647}""", "padding makes")]
    [InlineData("Unfold", "[4]", null, """{"size":5}""", "fit")]
    [InlineData("Unfold", "[4]", null, """{"size":0}""", "positive")]
    [InlineData("Unfold", "[4]", null, """{"size":2,"axis":3}""", "axis")]
    [InlineData("Fold", "[4]", null, """{"extent":5,"axis":0}""", "axis")]
    [InlineData("Fold", "[2,2]", null, """{"extent":2}""", "cover")]
    [InlineData("Fold", "[0,2]", null, """{"extent":2}""", "positive")]
    public void Is_told(string op, string x, string? w, string attributes, string word)
    {
        string inputs = w is null ? "[\"x\"]" : "[\"x\",\"w\"]";
        string declared = w is null ? "" : $$""",{"name":"w","shape":{{w}}}""";
        GraphDefinition graph = WireReader.Graph(JsonDocument.Parse($$"""
            {"inputs":[{"name":"x","shape":{{x}}}{{declared}}],"nodes":[{"name":"y","op":"{{op}}","inputs":{{inputs}},"attributes":{{attributes}}}],"outputs":["y"]}
            """).RootElement);
        var values = new Dictionary<string, Literal> { ["x"] = Zeros(x) };
        if (w is not null)
        {
            values["w"] = Zeros(w);
        }

        GraphException error = Should.Throw<GraphException>(() => Engine.Bind(graph, values));
        error.Node.ShouldBe("y");
        error.Path.ShouldStartWith("graph.nodes[0]");
        error.Message.ShouldContain(word);
    }

    private static Literal Zeros(string shape) =>
        new(Tensor.Zeros(new TensorType(DType.Float64, Shape.Of([.. JsonDocument.Parse(shape).RootElement.EnumerateArray().Select(dim => dim.GetInt32())]))));
}
