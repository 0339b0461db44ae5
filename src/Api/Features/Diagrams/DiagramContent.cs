using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Api.Features.Diagrams;

/// <summary>
/// Finds what a diagram shows: values if they were submitted, and gradients if there is an output of one element or a seed. Otherwise a note says why
/// there are none.
/// </summary>
internal sealed class DiagramContent(
    DiagramRequest request, ComputationRequest submission, DerivativeService service, RequestBudget budget, ServerTiming timing)
{
    /// <summary>The diagram, and the name of the output that is differentiated or null.</summary>
    public (Diagram Diagram, string? Output) Find()
    {
        GraphDefinition graph = submission.Definition;
        string? output = request.Output ?? (graph.Outputs.Count == 1 ? graph.Outputs[0] : null);
        if (request.Inputs is null)
        {
            return (new DiagramRenderer(graph, null, null, null).Draw(), output);
        }

        Literal? seed = request.Seed is { } given ? GraphContractReader.Literal(given, "seed") : null;
        Dictionary<string, Tensor> values = Values();
        try
        {
            (Execution traced, TraceFacts trace) = service.Run(submission, Trace.Query(request.Wrt, request.Output, seed), budget, timing);
            var gradients = traced.Results.ToDictionary(result => result.Key, result => result.Value);
            return (new DiagramRenderer(graph, values, trace, gradients).Draw(), trace.Output);
        }
        catch (GraphException error) when ((error.Path == "seed" && seed is null) || (error.Path == "output" && request.Output is null))
        {
            // What is wrong with a gradient that nobody asked for is no error.
            return (new DiagramRenderer(graph, values, null, null).Draw() with { Note = $"No gradients: {error.Reason}." }, output);
        }
    }

    private Dictionary<string, Tensor> Values()
    {
        Execution evaluated = service.Run(submission, Queries.Primals(), budget, timing);
        var values = evaluated.Results.ToDictionary(result => result.Key.Name, result => result.Value, StringComparer.Ordinal);
        foreach (InputDefinition input in submission.Definition.Inputs)
        {
            Literal value = submission.Inputs[input.Name];
            values[input.Name] = value.As(input.DType ?? value.Natural ?? submission.DType);
        }

        return values;
    }
}
