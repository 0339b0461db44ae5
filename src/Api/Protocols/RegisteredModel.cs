using System.Text.Json;
using Backprop.Api.Features.Graphs;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols;

/// <summary>A registered graph as external protocols see it: a function of tensors.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="OutputTypes">The types of its outputs, if the declarations determine them, otherwise null (symbolic or value-dependent
/// shapes).</param>
/// <param name="OutputDTypes">Their element types; null if they are not known.</param>
/// <param name="Bytes">Approximate bytes that it keeps alive.</param>
internal sealed record RegisteredModel(SourcedGraph Graph, IReadOnlyList<TensorType>? OutputTypes, IReadOnlyList<DType>? OutputDTypes, long Bytes)
{
    /// <summary>The definition.</summary>
    public GraphDefinition Definition => Graph.Definition;

    /// <summary>Whether there may be a derivative: at least one input is a float, and at least one output is or may be.</summary>
    public bool IsDifferentiable =>
        Definition.Inputs.Any(input => TypeOf(input).IsFloat()) && OutputDTypes?.Any(type => type.IsFloat()) != false;

    /// <summary>The element type of an input whose values state none.</summary>
    public static DType TypeOf(InputDefinition input) => input.DType ?? DType.Float64;

    /// <summary>
    /// The model with constants as further inputs: an initializer of an ONNX model may also be an input, whose value it is unless another is given.
    /// </summary>
    /// <param name="given">The names that a request gives values; those of constants that belong to a formula stay unknown.</param>
    public RegisteredModel Opened(IReadOnlyList<string> given)
    {
        ConstantDefinition[] opened = [.. Definition.Constants.Where(constant => !constant.IsFixed && given.Contains(constant.Name))];
        if (opened.Length == 0)
        {
            return this;
        }

        GraphDefinition definition = Definition with
        {
            Inputs = [.. Definition.Inputs, .. opened.Select(constant => new InputDefinition(
                constant.Name, constant.Value.Natural ?? DType.Float64, [.. Extents(constant.Value.Value.Shape)]))],
            Constants = [.. Definition.Constants.Except(opened)],
        };

        // The id is the key of plans: the graph and these names determine the definition.
        string id = $"{Graph.Form.Id} {JsonSerializer.Serialize(opened.Select(constant => constant.Name))}";
        return this with { Graph = Graph with { Form = Graph.Form with { Id = id }, Definition = definition } };

        static IEnumerable<Dimension> Extents(Shape shape) => shape.Dims.ToArray().Select(extent => new Dimension(extent));
    }

    /// <summary>The values of the inputs as a submission; untyped values are float64.</summary>
    public ComputationRequest With(IReadOnlyDictionary<string, Literal> inputs) =>
        new(Definition, Graph.Form.Id, inputs, DType.Float64, []) { Path = Graph.Path };
}
