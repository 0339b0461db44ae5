using Xunit;

namespace Backprop.Domain.Tests.Limits;

/// <summary>What happens to a graph without differentiating it in reverse grows linearly.</summary>
public class PreparationScaling : ScalingTheory
{
    public static TheoryData<string, string> Cases => Derivation.Of(WideGraphs.Kinds, ["canonical form", "tangents", "walk-through", "batch"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Work_is_linear(string graph, string name) => IsLinear(graph, name);
}
