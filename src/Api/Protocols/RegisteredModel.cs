using Backprop.Api.Features.Graphs;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols;

/// <summary>A registered graph as the protocols of others see it: a function of tensors.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="OutputTypes">The types of its outputs by its declarations alone, or null where these do not tell (symbolic dimensions, shapes by
/// values).</param>
/// <param name="Bytes">About the bytes that it keeps alive.</param>
public sealed record RegisteredModel(SourcedGraph Graph, IReadOnlyList<TensorType>? OutputTypes, long Bytes)
{
    /// <summary>The definition.</summary>
    public GraphDefinition Definition => Graph.Definition;

    /// <summary>True where there may be a derivative: some input is a float, and some output or, where it is not known, perhaps one.</summary>
    public bool IsDifferentiable =>
        Definition.Inputs.Any(input => TypeOf(input).IsFloat()) && OutputTypes?.Any(type => type.DType.IsFloat()) != false;

    /// <summary>The element type that an input has where its values state none.</summary>
    public static DType TypeOf(InputDefinition input) => input.DType ?? DType.Float64;

    /// <summary>The values of the inputs as a submission; what states no type is float64.</summary>
    public ComputationRequest With(IReadOnlyDictionary<string, Literal> inputs) =>
        new(Definition, Graph.Form.Id, inputs, DType.Float64, []) { Path = Graph.Path };
}
