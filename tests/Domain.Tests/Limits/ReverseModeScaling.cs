using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>What is derived from a gradient grows linearly.</summary>
public class ReverseModeScaling : ScalingTheory
{
    public static TheoryData<string, string> Cases => Derivation.Of(WideGraphs.Kinds, ["gradient graph", "training step", "checkpoints"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Work_is_linear(string graph, string name) => IsLinear(graph, name);
}
