using System.Text;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Routes;
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
    private const string Mermaid = "text/vnd.mermaid";
    private const string Dot = "text/vnd.graphviz";

    /// <summary>Maps the routes.</summary>
    public static void MapDiagrams(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/diagrams").WithTags("Derivatives").RequireCompute();
        group.MapPost("", DrawAsync).WithValidation<DiagramRequest>().WithName("Diagram")
            .WithSummary("Draw a graph")
            .WithDescription("As SVG, Mermaid or DOT. With `inputs`, the diagram shows values forward, gradients backward and the contribution of " +
                "each use; a constant, such as a weight of an ONNX model, has a gradient if `wrt` names it. If there is no gradient to show, the " +
                "legend says why. `layout` is leftToRight, topDown or, for large graphs, compact.")
            .WithExample("(a·b + c)²", DerivativeExamples.Diagram)
            .Produces<string>(StatusCodes.Status200OK, PreferredFormat.Svg, Mermaid, Dot);
        group.MapGet("", ShowAsync).WithName("ShowDiagram")
            .WithSummary("Show a graph in a browser")
            .WithDescription("The picture of `POST /diagrams` at an address: `/diagrams?expression=(a*b%2Bc)^2&a=2&b=-3&c=10` (a plus sign is " +
                "written `%2B`), or of a registered graph: `/diagrams?graphId=squared-sum&a=2&b=-3&c=10`. " +
                "Every parameter that is not listed is the value of an input, a number or a JSON array: `x=[[1,2],[3,4]]`. " +
                "Responses have an `ETag`.")
            .WithParameterExample("expression", "(a*b + c)^2").WithMetadata(new AnyQuery())
            .Produces<string>(StatusCodes.Status200OK, PreferredFormat.Svg, Mermaid, Dot)
            .Produces(StatusCodes.Status304NotModified);
    }

    private static async Task<ContentHttpResult> DrawAsync(
        JsonBody<DiagramRequest> body, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeService service,
        IOptions<BackpropLimits> limits)
    {
        ComputationRequest submission = await service.SubmitAsync(body.Value, timing, budget);
        return Draw(body.Value, submission, new DiagramContent(body.Value, submission, service, budget, timing), context, limits.Value.DiagramNodes);
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> ShowAsync(
        [AsParameters] DiagramQuery query, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeService service,
        IOptions<BackpropLimits> limits)
    {
        DiagramRequest request = query.Request(context);
        ComputationRequest submission = await service.SubmitAsync(request, timing, budget);
        string[] inputs = [.. submission.Definition.Inputs.Select(input => input.Name)];
        DiagramQuery.RequireInputs(request, inputs);

        // Graph and address say everything about the picture.
        if (EntityTags.IsKnown(context, EntityTags.StateOf($"{submission.Id} {context.Request.QueryString.Value}")))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        request = inputs.Length == 0 ? request with { Inputs = new Dictionary<string, Client.Values.TensorValue>() } : request;
        return Draw(request, submission, new DiagramContent(request, submission, service, budget, timing), context, limits.Value.DiagramNodes);
    }

    private static ContentHttpResult Draw(
        DiagramRequest request, ComputationRequest submission, DiagramContent content, HttpContext context, int most)
    {
        if (submission.Definition.Nodes.Count > most)
        {
            throw new LimitException("Limits:DiagramNodes", most, $"{submission.Definition.Nodes.Count} nodes", submission.Path);
        }

        (Diagram diagram, string? output) = content.Find();
        var layout = (DiagramArrangement)(request.Layout ?? DiagramLayout.LeftToRight);
        try
        {
            (string text, string type) = request.Format switch
            {
                DiagramFormat.Mermaid => (MermaidDiagram.Render(diagram, output, most, layout), Mermaid),
                DiagramFormat.Dot => (DotDiagram.Render(diagram, output, most, layout), Dot),
                _ => (SvgDiagram.Render(diagram, output, most, layout), PreferredFormat.Svg),
            };
            SecurityHeaders.ForPicture(context);
            return TypedResults.Text(text, type, Encoding.UTF8);
        }
        catch (DiagramTooLargeException large)
        {
            string asked = large.Limit == most
                ? $"{large.Actual} {large.What}"
                : $"{large.Actual} {large.What}, at most {large.Limit} for this limit";
            throw new LimitException("Limits:DiagramNodes", most, asked, submission.Path);
        }
    }
}
