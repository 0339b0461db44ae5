using System.Text;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Graphs;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Transformations;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Graphs;

/// <summary>The registry of graphs.</summary>
internal static class GraphEndpoints
{
    private const int MostListed = 100;
    private const string AsModel = "`Accept: application/onnx` returns an ONNX model of operator set 17.";

    private static readonly OtherFormat Model = new(OnnxMediaType.Name, "binary");

    /// <summary>Maps the routes.</summary>
    public static void MapGraphs(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/graphs").WithTags("Graphs");
        group.MapPost("", RegisterAsync).RequireCompute().WithMetadata(new RequiredKey(KeyKind.Compute, OrWrite: true))
            .WithValidation<GraphRegistrationRequest>().WithName("RegisterGraph")
            .Produces<Problem>(StatusCodes.Status507InsufficientStorage, ProblemWriter.ContentType)
            .WithSummary("Register a graph")
            .WithDescription(
                "The id is the SHA-256 of the canonical graph: the same graph always has the same id, and registering it again gets 200. An alias " +
                "is a readable name that is valid wherever an id is; a graph may have several. An alias that names another graph gets 409: only " +
                "the write key moves it. Graphs registered with that key are pinned; beyond a quota, the least recently used of the others are " +
                "evicted. An ONNX model can also be sent as a file, as `application/onnx`, with its alias in the query parameter `alias`.")
            .WithExample("(a·b + c)²", GraphExamples.Registration)
            .WithExample("An ONNX model: the mean of tanh(x·w + b)", GraphExamples.OnnxRegistration)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapGet("", ListAsync).WithName("ListGraphs")
            .WithSummary("List the registered graphs")
            .WithDescription("Newest last, in pages of `limit`; `nextCursor` leads to the next page.");
        group.MapGet("/{id}", GetAsync).RequireCompute().WithName("GetGraph")
            .WithSummary("Get a registered graph")
            .WithDescription("By id or alias, in canonical form: names as registered, nodes in topological order, defaults filled in. It can be " +
                "submitted again. "
                + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces(StatusCodes.Status304NotModified)
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapGet("/{id}/gradient-graph", GradientGraphAsync).RequireCompute().WithName("GetGradientGraph")
            .WithSummary("Get the derivative of a graph as a graph")
            .WithDescription(
                "The answer can be submitted or registered again: its outputs are `d{output}/d{input}`, one for each `wrt`. If the output has " +
                "several elements, there is an additional input `seed`. Shapes are the declared ones, an input without a shape is a scalar; " +
                "`dimension=batch:4` binds a symbolic dimension. `form=operator` leaves the derivative to ONNX's operator Gradient. " + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces(StatusCodes.Status304NotModified)
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapGet("/{id}/training-step", TrainingStepAsync).RequireCompute().WithName("GetTrainingStep")
            .WithSummary("Get a training step as a graph")
            .WithDescription(
                "Loss, gradients (Gradient) and the optimizer's update (Adam, Adagrad, Momentum of ai.onnx.preview.training). Each parameter `p` " +
                "of `wrt` is an input, even if it is a constant; further inputs are the optimizer's states `p/v` and `p/h`, `learning_rate`, and " +
                "`step`, the number of earlier steps. The outputs are the loss, `new/p`, `new/p/v` and `new/p/h`. " + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces(StatusCodes.Status304NotModified)
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapDelete("/{id}", DeleteAsync).RequireWriteKey().WithName("DeleteGraph")
            .WithSummary("Delete a registered graph")
            .WithDescription("With all its aliases. Requires the API key for writes.")
            .WithParameterExample("id", "squared-sum");
    }

    private static async Task<Results<Created<GraphSummary>, Ok<GraphSummary>>> RegisterAsync(
        RegistrationBody body, RequestBudget budget, GraphSource source, GraphRegistry registry,
        IOptions<BackpropLimits> limits, IOptionsMonitor<ApiKeys> keys, HttpContext context)
    {
        SourcedGraph graph = source.Of(body.Value, budget.Token);
        string? alias = body.Value.Alias;
        string canonical = Encoding.UTF8.GetString(graph.Form.Json);
        string declarations = Encoding.UTF8.GetString(GraphJson.WriteDeclarations(graph.Form.Definition));
        var added = new NewGraph(graph.Form.Id, canonical, declarations, graph.Definition.Nodes.Count, alias)
        {
            Sources = SourceJson.Write(graph.Form.Definition),
        };
        string? client = keys.CurrentValue.Opens(KeyKind.Write, context.Request) ? null : ClientAddress.Of(context);
        budget.EndComputing();
        Registration registration = await registry.RegisterAsync(added, client, limits.Value.GraphQuota(), budget.Token);
        return registration.Outcome switch
        {
            RegistrationOutcome.AliasTaken =>
                throw new ProblemException(StatusCodes.Status409Conflict, "alias",
                    $"The alias '{alias}' already names the graph {registration.Graph.Id}; only the write key moves it."),
            RegistrationOutcome.Created => TypedResults.Created($"/graphs/{graph.Form.Id}", Summary(registration.Graph, alias)),
            _ => TypedResults.Ok(Summary(registration.Graph, alias)),
        };
    }

    private static async Task<Ok<GraphList>> ListAsync(
        GraphRegistry registry, HttpContext context, CancellationToken cancellationToken, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        GraphPage page = await registry.ListAsync(limit, cursor, cancellationToken);
        if (page.NextCursor is { } next)
        {
            context.Response.Headers.Link = $"</graphs?limit={limit}&cursor={Uri.EscapeDataString(next)}>; rel=\"next\"";
        }

        return TypedResults.Ok(new GraphList { Items = [.. page.Items.Select(graph => Summary(graph))], NextCursor = page.NextCursor });
    }

    private static async Task<Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult>> GetAsync(
        string id, GraphRegistry registry, GraphAnswer answer, RequestBudget budget, HttpContext context, string[]? dimension = null)
    {
        RegisteredGraph graph = await registry.RequireAsync(id, budget);
        Dictionary<string, int> dimensions = GradientQuery.Extents(dimension);
        return IsKnown(context, graph.Id)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : answer.Of(context, id, () => GraphSource.Read(graph).Definition, dimensions, budget, graph.Canonical);
    }

    // The id is a hash of the graph: the graph never changes, but an alias may name another one. The forms have tags of their own.
    private static bool IsKnown(HttpContext context, string id) => EntityTags.IsKnown(
        context, EntityTags.StateOf($"{id} {context.Request.QueryString.Value} {PreferredFormat.Is(OnnxMediaType.Name, context.Request)}"));

    // The tag is compared after the derivation, so that it hides no fault of the parameters; what it saves is the transfer.
    private static Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult> Tagged(
        HttpContext context, SourcedGraph graph, Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult> answer) =>
        IsKnown(context, graph.Form.Id) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : answer;

    private static async Task<Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult>> GradientGraphAsync(
        string id, [AsParameters] GradientQuery query, GraphSource source, DerivativeEngine engine, GraphAnswer answer, RequestBudget budget,
            HttpContext context, EnumQueryValue<GradientForm>? form = null)
    {
        SourcedGraph graph = await source.RegisteredAsync(id, budget);
        Dictionary<string, int> dimensions = GradientQuery.Extents(query.Dimension);
        GraphDefinition gradient = form?.Value == GradientForm.Operator
            ? engine.GradientOperator(graph.Definition, query.Output, query.Sources, dimensions, budget.Token)
            : engine.GradientGraph(graph.Definition, query.Output, query.Sources, dimensions, budget.Token);
        return Tagged(context, graph, answer.Of(context, id, () => gradient, dimensions, budget));
    }

    private static async Task<Results<ContentHttpResult, FileContentHttpResult, StatusCodeHttpResult>> TrainingStepAsync(
        string id, [AsParameters] GradientQuery query, GraphSource source, DerivativeEngine engine, GraphAnswer answer, RequestBudget budget,
            HttpContext context, EnumQueryValue<TrainingRule>? optimizer = null)
    {
        SourcedGraph graph = await source.RegisteredAsync(id, budget);
        Dictionary<string, int> dimensions = GradientQuery.Extents(query.Dimension);
        TrainingOptimizer rule = optimizer?.Value switch
        {
            TrainingRule.Adagrad => TrainingOptimizer.Adagrad,
            TrainingRule.Momentum => TrainingOptimizer.Momentum,
            _ => TrainingOptimizer.Adam,
        };
        GraphDefinition step = engine.TrainingStep(graph.Definition, query.Output, query.Sources, rule, dimensions, budget.Token);
        return Tagged(context, graph, answer.Of(context, id, () => step, dimensions, budget));
    }

    private static async Task<NoContent> DeleteAsync(string id, GraphRegistry registry, CancellationToken cancellationToken) =>
        await registry.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent()
            : throw await registry.UnknownAsync(id, cancellationToken);

    private static GraphSummary Summary(Infrastructure.Persistence.RegisteredGraphSummary graph, string? asked = null)
    {
        GraphRegistrationRequest declarations = CanonicalContract.ReadDeclarations(graph.Declarations);
        return new GraphSummary
        {
            Id = graph.Id,
            Alias = asked ?? (graph.Aliases is [var first, ..] ? first : null),
            Aliases = graph.Aliases,
            Pinned = graph.Pinned,
            Inputs = declarations.Inputs!,
            Outputs = declarations.Outputs!,
            Nodes = graph.Nodes,
        };
    }
}
