using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Diagrams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Diagrams;

/// <summary>Pictures of a graph.</summary>
internal static class DiagramEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapDiagrams(this IEndpointRouteBuilder routes) => routes.MapGroup("").WithTags("Derivatives").RequireCompute()
        .MapPost("/diagrams", DrawAsync).WithValidation<DiagramRequest>().WithName("Diagram")
        .WithSummary("Draw a graph")
        .WithDescription("As SVG, Mermaid or DOT. With `inputs`, the diagram shows values forward, gradients backward and the contribution of each " +
            "use.")
        .WithExample("(a·b + c)²", DerivativeExamples.Diagram)
        .Produces<string>(StatusCodes.Status200OK, "image/svg+xml", "text/vnd.mermaid", "text/vnd.graphviz");

    private static async Task<ContentHttpResult> DrawAsync(
        JsonBody<DiagramRequest> body, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeService service,
        IOptions<BackpropLimits> limits)
    {
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        int most = limits.Value.DiagramNodes;
        if (submission.Definition.Nodes.Count > most)
        {
            throw new LimitException("Limits:DiagramNodes", most, $"{submission.Definition.Nodes.Count} nodes", submission.Path);
        }

        Diagram diagram = Drawn(service, submission, body.Value.Inputs is not null, budget, timing, out string? output);
        try
        {
            (string text, string type) = body.Value.Format switch
            {
                DiagramFormat.Mermaid => (MermaidDiagram.Render(diagram, output, most), "text/vnd.mermaid"),
                DiagramFormat.Dot => (DotDiagram.Render(diagram, output, most), "text/vnd.graphviz"),
                _ => (SvgDiagram.Render(diagram, output, most), "image/svg+xml"),
            };
            SecurityHeaders.ForPicture(context);
            return TypedResults.Text(text, type, System.Text.Encoding.UTF8);
        }
        catch (DiagramTooLargeException large)
        {
            string asked = large.Limit == most
                ? $"{large.Actual} {large.What}"
                : $"{large.Actual} {large.What}, at most {large.Limit} for this limit";
            throw new LimitException("Limits:DiagramNodes", most, asked, submission.Path);
        }
    }

    // Values only if they were submitted, gradients only if one output of one element has them.
    private static Diagram Drawn(
        DerivativeService service, ComputationRequest submission, bool hasValues, RequestBudget budget, ServerTiming timing, out string? output)
    {
        GraphDefinition graph = submission.Definition;
        output = graph.Outputs.Count == 1 ? graph.Outputs[0] : null;
        if (!hasValues)
        {
            return new DiagramRenderer(graph, null, null, null).Draw();
        }

        Execution evaluated = service.Run(submission, Queries.Primals(), budget, timing);
        var values = evaluated.Results.ToDictionary(result => result.Key.Name, result => result.Value, StringComparer.Ordinal);
        foreach (InputDefinition input in graph.Inputs)
        {
            Literal value = submission.Inputs[input.Name];
            values[input.Name] = value.As(input.DType ?? value.Natural ?? submission.DType);
        }

        bool differentiable = output is not null && values.TryGetValue(output, out Tensor? result) && result.Count == 1 && result.DType.IsFloat()
            && submission.Batch.Count == 0;
        if (!differentiable)
        {
            return new DiagramRenderer(graph, values, null, null).Draw();
        }

        (Execution traced, TraceFacts trace) = service.Run(submission, Trace.Query(null, output, null), budget, timing);
        var gradients = traced.Results.ToDictionary(result => result.Key, result => result.Value);
        return new DiagramRenderer(graph, values, trace, gradients).Draw();
    }
}
