using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Shouldly;
using Xunit;
using static Backprop.Infrastructure.Tests.Onnx.Models;

namespace Backprop.Infrastructure.Tests.Onnx;

/// <summary>Functions of models are expanded at each call.</summary>
public class FunctionTests
{
    private static readonly OnnxFunction Bent = new()
    {
        Name = "Bent",
        Domain = "own",
        Inputs = ["a", "b"],
        Outputs = ["r", "same"],
        Attributes = ["slope"],
        Defaults = [OnnxAttribute.Of("slope", 0.25f)],
        Nodes = [Node("t = LeakyRelu(a)", new OnnxAttribute("alpha", AttributeType.Float) { Reference = "slope" }), Node("r = Clip(t, b)")],
        OperatorSets = [new OperatorSet("", 17)],
    };

    [Fact]
    public void Names_of_a_call_are_its_own_and_attributes_are_handed_on()
    {
        OnnxModel model = With(
            [Bent with { Outputs = ["r"] }], Node("t = own:Bent(x, y)", OnnxAttribute.Of("slope", 0.5f)), Node("out = own:Bent(t)"));
        model.Nodes().ShouldBe(
        [
            "t.t = LeakyRelu(x, alpha=0.5)", "t = Clip(t.t, y)", "out.t = LeakyRelu(t, alpha=0.25)", "out = Clip(out.t, )",
        ]);
    }

    [Fact]
    public void An_input_may_be_handed_on()
    {
        OnnxFunction function = Bent with { Outputs = ["r", "b"] };
        With([function], Node(" out = own:Bent(x, y)")).Nodes()[0].ShouldBe("out = Identity(y)");
    }

    [Fact]
    public void A_function_may_call_others_but_never_itself()
    {
        OnnxFunction outer = new() { Name = "Outer", Domain = "own", Inputs = ["v"], Outputs = ["w"], Nodes = [Node("w = own:Bent(v)")], OperatorSets = Bent.OperatorSets };
        With([Bent, outer], Node("out = own:Outer(x)")).Nodes().Length.ShouldBe(2);
        OnnxFunction circle = Bent with { Nodes = [Node("r = own:Outer(a)")] };
        With([circle, outer], Node("out = own:Outer(x)")).ShouldBeRefused().ShouldContain("the function Outer calls itself");
        With([Bent], Node("out = own:Bent(x, y, x)")).ShouldBeRefused().ShouldContain("has 2 inputs");
    }

    [Fact]
    public void Functions_of_one_name_are_told_apart()
    {
        OnnxFunction other = Bent with { Overload = "other", Nodes = [Node("r = Elu(a)")] };
        With([Bent, other], Node("out = own:Bent(x)") with { Overload = "other" }).Nodes().ShouldBe(["out = Elu(x)"]);
        With([Bent, Bent], Node("out = own:Bent(x)")).ShouldBeRefused().ShouldContain("Bent is defined twice");
    }

    [Fact]
    public void Growth_is_bounded()
    {
        OnnxFunction[] doubling = [.. Enumerable.Range(0, 40).Select(i => new OnnxFunction
        {
            Name = $"F{i}",
            Domain = "own",
            Inputs = ["v"],
            Outputs = ["w"],
            Nodes = i == 39 ? [] : [Node($"u = own:F{i + 1}(v)"), Node($"w = own:F{i + 1}(u)")],
            OperatorSets = Bent.OperatorSets,
        })];
        Should.Throw<LimitException>(() => With(doubling, Node("out = own:F0(x)")).Imported()).Limit.ShouldBe("Limits:MaxNodes");
        OnnxFunction[] chain = [.. Enumerable.Range(0, 200).Select(i => new OnnxFunction
        {
            Name = $"F{i}",
            Domain = "own",
            Inputs = ["v"],
            Outputs = ["w"],
            Nodes = [Node($"w = own:F{i + 1}(v)")],
            OperatorSets = Bent.OperatorSets,
        })];
        With(chain, Node("out = own:F0(x)")).ShouldBeRefused().ShouldContain("more than 64 deep");
    }

    private static OnnxModel With(OnnxFunction[] functions, params OnnxNode[] nodes)
    {
        OnnxModel model = Of(17, nodes);
        return model with { Functions = functions, OperatorSets = [.. model.OperatorSets, new OperatorSet("own", 1)] };
    }
}
