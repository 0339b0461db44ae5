using System.Text.Json;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Domain.Transformations;
using Backprop.Testing.Running;
using Backprop.Testing.Samples;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>One graph has one id, however it is spelled.</summary>
public class CanonicalTheory
{
    public static TheoryData<string> Names => OperatorSamples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_canonical_form_is_its_own_and_survives_the_wire(string sample)
    {
        var graph = new Projection(OperatorSamples.Find(sample));
        Fixed(graph.Definition);
        if (graph.IsDifferentiable)
        {
            Fixed(GradientGraph.Of(Engine.Bind(graph.Definition, graph.Inputs), Projection.Scalar, graph.FloatInputs, HostExecutor.Evaluate));
        }
    }

    // Each line: spellings of one node, with an input x, an input z and the constants k = 1, two = [2] and axes = [1].
    [Theory]
    [InlineData("""{"op":"ReduceSum","inputs":["x"],"attributes":{"axes":[1]}}""", """{"op":"ReduceSum","inputs":["x","axes"]}""", """{"op":"ReduceSum","inputs":["x",1],"attributes":{"keepdims":1}}""", """{"op":"ReduceSum","inputs":["x"],"attributes":{"axes":1.0}}""")]
    [InlineData("""{"op":"TopK","inputs":["x",2]}""", """{"op":"TopK","inputs":["x","two"]}""", """{"op":"TopK","inputs":["x"],"attributes":{"k":2}}""", """{"op":"TopK","inputs":["x"],"attributes":{"sorted":1,"k":[2],"axis":-1}}""")]
    [InlineData("""{"op":"CumSum","inputs":["x",1]}""", """{"op":"CumSum","inputs":["x","k"]}""", """{"op":"CumSum","inputs":["x"],"attributes":{"axis":1}}""", """{"op":"CumSum","inputs":["x","axes"]}""")]
    [InlineData("""{"op":"Trilu","inputs":["x"]}""", """{"op":"Trilu","inputs":["x",""]}""", """{"op":"Trilu","inputs":["x"],"attributes":{"upper":1}}""")]
    [InlineData("""{"op":"Clip","inputs":["x",-1]}""", """{"op":"Clip","inputs":["x",-1,""]}""", """{"op":"Clip","inputs":["x"],"attributes":{"min":-1.0}}""")]
    [InlineData("""{"op":"Clip","inputs":["x"]}""", """{"op":"Clip","inputs":["x",""]}""", """{"op":"Clip","inputs":["x","",""]}""")]
    [InlineData("""{"op":"Pad","inputs":["x"],"attributes":{"pads":[1,1,1,1],"value":0.5}}""", """{"op":"Pad","inputs":["x","",0.5],"attributes":{"pads":[1,1,1,1],"mode":"constant"}}""")]
    [InlineData("""{"op":"Selu","inputs":["x"]}""", """{"op":"Selu","inputs":["x"],"attributes":{"alpha":1.67326319217681884765625}}""")]
    [InlineData("""{"op":"Mul","inputs":["x",2]}""", """{"op":"Mul","inputs":["x",2.0]}""", """{"op":"Mul","inputs":["x",2e0],"attributes":{}}""")]
    [InlineData("""{"op":"LayerNormalization","inputs":["x","z"]}""", """{"op":"LayerNormalization","inputs":["x","z",""],"attributes":{"epsilon":1e-5}}""")]
    public void Spellings_of_one_node_have_one_id(params string[] spellings) =>
        spellings.Select(spelling => CanonicalForm.Of(Around(spelling)).Id).Distinct().Count().ShouldBe(1);

    [Fact]
    public void The_order_of_nodes_is_free_and_names_count()
    {
        const string Square = """{"name":"a","op":"Square","inputs":["x"]}""";
        const string Root = """{"name":"b","op":"Exp","inputs":["x"]}""";
        string one = IdOf(Square, Root, "b");
        IdOf(Root, Square, "b").ShouldBe(one);
        IdOf(Square, Root, "a").ShouldNotBe(one);
        IdOf(Square, Root.Replace("\"b\"", "\"c\"", StringComparison.Ordinal), "c").ShouldNotBe(one);

        static string IdOf(string first, string second, string output) => CanonicalForm.Of(Graph($$"""
            {"inputs":[{"name":"x"}],"nodes":[{{first}},{{second}}],"outputs":["{{output}}"]}
            """)).Id;
    }

    private static void Fixed(GraphDefinition graph)
    {
        var form = CanonicalForm.Of(graph);
        CanonicalForm.Of(form.Definition).Id.ShouldBe(form.Id);
        CanonicalForm.Of(WireReader.Graph(JsonDocument.Parse(GraphJson.Write(graph)).RootElement)).Id.ShouldBe(form.Id);
        CanonicalForm.Of(WireReader.Graph(JsonDocument.Parse(form.Json).RootElement)).Json.ShouldBe(form.Json);
    }

    private static GraphDefinition Around(string node) => Graph($$"""
        {"inputs":[{"name":"x"},{"name":"z"}],
         "constants":[{"name":"k","value":1},{"name":"two","value":[2]},{"name":"axes","value":[1]}],
         "nodes":[{{node[..^1]}},"name":"y"},
                  {"name":"w","op":"CumSum","inputs":["z","k"]},{"name":"v","op":"Tile","inputs":["w","two"]},{"name":"u","op":"Squeeze","inputs":["v","axes"]}],
         "outputs":["y"]}
        """);

    private static GraphDefinition Graph(string json) => WireReader.Graph(JsonDocument.Parse(json).RootElement);
}
