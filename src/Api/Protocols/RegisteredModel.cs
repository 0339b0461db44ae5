using Backprop.Api.Features.Graphs;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols;

/// <summary>A registered graph as external protocols see it: a function of tensors.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="OutputTypes">The types of its outputs, if the declarations determine them, otherwise null (symbolic or value-dependent
/// shapes).</param>
/// <param name="Bytes">Approximate bytes that it keeps alive.</param>
internal sealed record RegisteredModel(SourcedGraph Graph, IReadOnlyList<TensorType>? OutputTypes, long Bytes)
{
    /// <summary>The definition.</summary>
    public GraphDefinition Definition => Graph.Definition;

    /// <summary>Whether there may be a derivative: at least one input is a float, and at least one output is or may be.</summary>
    public bool IsDifferentiable =>
        Definition.Inputs.Any(input => TypeOf(input).IsFloat()) && OutputTypes?.Any(type => type.DType.IsFloat()) != false;

    /// <summary>The element type of an input whose values state none.</summary>
    public static DType TypeOf(InputDefinition input) => input.DType ?? DType.Float64;

    /// <summary>The values of the inputs as a submission; untyped values are float64.</summary>
    public ComputationRequest With(IReadOnlyDictionary<string, Literal> inputs) =>
        new(Definition, Graph.Form.Id, inputs, DType.Float64, []) { Path = Graph.Path };
}
