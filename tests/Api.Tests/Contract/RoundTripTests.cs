using System.Text.Json;
using Backprop.Client.Derivatives;
using Backprop.Client.Errors;
using Backprop.Client.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

public class RoundTripTests
{
    [Theory]
    [InlineData("""{"inputs":[{"name":"x","dtype":"int64","shape":["n",3]}],"constants":[{"name":"half","value":0.5}],"nodes":[{"name":"p","op":"Pow","inputs":["x",2,2.5,""],"attributes":{"k":9223372036854775807,"alpha":0.1,"axes":[1,-2],"mode":"max","names":["a","b"],"none":[]},"outputs":["p",""]}],"outputs":["p"]}""")]
    public void AGraphIsWrittenAsItWasRead(string json) =>
        JsonSerializer.Serialize(Bodies.Read<GraphContract>(json), Bodies.Options).ShouldBe(json);

    [Theory]
    [InlineData("""{"output":"L","value":16,"gradients":{"a":-24},"gradientNorm":24,"graphId":"00","warnings":[{"node":"y","pass":"forward","reason":"log of 0 at [3]"}]}""")]
    public void AnAnswerIsWrittenAsItWasRead(string json) =>
        JsonSerializer.Serialize(Bodies.Read<GradientAnswer>(json), Bodies.Options).ShouldBe(json);

    [Fact]
    public void AttributesRememberWhetherANumberWasWhole()
    {
        NodeContract node = Bodies.Read<NodeContract>("""{"op":"X","inputs":[2,2.0],"attributes":{"k":9223372036854775807,"a":1e2}}""");

        node.Inputs[0].Number!.Value.Integer.ShouldBe(2);
        node.Inputs[1].Number!.Value.Integer.ShouldBeNull();
        node.Attributes!["k"].Numbers![0].Integer.ShouldBe(long.MaxValue);
        node.Attributes["a"].Numbers![0].ShouldBe(new LiteralNumber(100));
    }

    [Fact]
    public void AProblemKeepsItsPathsAndItsFurtherMembers()
    {
        ProblemContract problem = Bodies.Read<ProblemContract>(
            """{"title":"Unprocessable","status":422,"errors":{"graph.nodes[1].inputs[0]":["Unknown."]},"node":"e","traceId":"7"}""");

        problem.Errors!["graph.nodes[1].inputs[0]"].ShouldBe(["Unknown."]);
        problem.Node.ShouldBe("e");
        problem.Extensions!["traceId"].GetString().ShouldBe("7");
    }

    [Fact]
    public void ChecksMayReportNumbersThatAreNotFinite()
    {
        string json = """{"passed":false,"maxAbsoluteError":"Infinity","maxRelativeError":"NaN","evaluations":3,"backpropMs":0.5,"finiteDifferenceMs":1,"speedup":2,"graphId":"0"}""";

        JsonSerializer.Serialize(Bodies.Read<GradientCheckAnswer>(json), Bodies.Options).ShouldBe(json);
    }
}
