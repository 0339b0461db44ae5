using System.Text;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
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
public static class GraphEndpoints
{
    private const int MostListed = 100;
    private const string AsModel = "`Accept: application/onnx` gives an ONNX model of operator set 17.";

    private static readonly OtherFormat Model = new(OnnxMediaType.Name, "binary");

    /// <summary>Maps the routes.</summary>
    public static void MapGraphs(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/graphs").WithTags("Graphs");
        group.MapPost("", RegisterAsync).RequireCompute().WithMetadata(new RequiredKey(KeyKind.Compute, OrWrite: true))
            .WithValidation<GraphRegistrationRequest>().WithName("RegisterGraph")
            .Produces<Problem>(StatusCodes.Status507InsufficientStorage, ProblemWriter.ContentType)
            .WithSummary("Registers a graph")
            .WithDescription(
                "The id is the SHA-256 of the canonical graph: the same graph has one id, and registering it again is 200. An alias is a readable " +
                    "name, valid wherever an id is; "
                + "a graph may have several. One that names another graph is 409: only the key for writes moves it. "
                + "What is registered with that key is pinned; other graphs make room for new ones past a quota, those used longest ago first. "
                + "An ONNX model can also be sent as it is, as `application/onnx`; its alias then is the query `alias`.")
            .WithExample("(a·b + c)²", DerivativeExamples.Registration)
            .WithExample("An ONNX model: the mean of tanh(x·w + b)", DerivativeExamples.OnnxRegistration)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        group.MapGet("", ListAsync).WithName("ListGraphs")
            .WithSummary("The registered graphs, newest last")
            .WithDescription("In pages of `limit`; `nextCursor` leads to the next one.");
        group.MapGet("/{id}", GetAsync).RequireCompute().WithName("GetGraph")
            .WithSummary("A registered graph in its canonical form")
            .WithDescription("By id or alias. Names as registered, nodes in topological order, defaults filled in: ready to be submitted again. "
                + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapGet("/{id}/gradient-graph", GradientGraphAsync).RequireCompute().WithName("GetGradientGraph")
            .WithSummary("The derivative of a graph as a graph")
            .WithDescription(
                "Ready to be submitted or registered again: outputs `d{output}/d{input}`, one for each `wrt`. An output of several elements adds " +
                    "an input `seed`. "
                + "Shapes are the declared ones, an input without a shape is a scalar; `dimension=batch:4` binds a symbolic dimension. "
                + "`form=operator` leaves the derivative to ONNX's operator Gradient. " + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapGet("/{id}/training-step", TrainingStepAsync).RequireCompute().WithName("GetTrainingStep")
            .WithSummary("A step of training as a graph")
            .WithDescription(
                "Loss, gradients (Gradient) and the optimizer's update (Adam, Adagrad, Momentum of ai.onnx.preview.training). Each parameter `p` " +
                    "of `wrt` is an input, a constant too, as are the optimizer's states "
                + "`p/v` and `p/h`, `learning_rate`, and `step`, the number of steps done before; the outputs are the loss, `new/p`, `new/p/v` " +
                    "and `new/p/h`. " + AsModel)
            .WithParameterExample("id", "squared-sum")
            .Produces<GraphContract>().WithMetadata(Model);
        group.MapDelete("/{id}", DeleteAsync).RequireWriteKey().WithName("DeleteGraph")
            .WithSummary("Removes a registered graph")
            .WithDescription("Under all its names. Needs the API key for writes.")
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
        var added = new NewGraph(graph.Form.Id, canonical, declarations, graph.Definition.Nodes.Count, alias);
        string? client = keys.CurrentValue.Opens(KeyKind.Write, context.Request) ? null : ClientAddress.Of(context);
        budget.EndComputing();
        Registration registration = await registry.RegisterAsync(added, client, limits.Value.GraphQuota(), budget.Token);
        return registration.Outcome switch
        {
            RegistrationOutcome.AliasTaken =>
                throw new ProblemException(StatusCodes.Status409Conflict, "alias", $"The alias '{alias}' names the graph {registration.Graph.Id}."),
            RegistrationOutcome.Created => TypedResults.Created($"/graphs/{graph.Form.Id}", Summary(registration.Graph, alias)),
            _ => TypedResults.Ok(Summary(registration.Graph, alias)),
        };
    }

    private static async Task<Ok<GraphList>> ListAsync(
        GraphRegistry registry, HttpContext context, CancellationToken cancellation, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit is {limit}; it must lie between 1 and {MostListed}.");
        }

        GraphPage page = await registry.ListAsync(limit, cursor, cancellation);
        if (page.NextCursor is { } next)
        {
            context.Response.Headers.Link = $"</graphs?limit={limit}&cursor={Uri.EscapeDataString(next)}>; rel=\"next\"";
        }

        return TypedResults.Ok(new GraphList { Items = [.. page.Items.Select(graph => Summary(graph))], NextCursor = page.NextCursor });
    }

    private static async Task<Results<ContentHttpResult, FileContentHttpResult>> GetAsync(
        string id, GraphRegistry registry, GraphAnswer answer, RequestBudget budget, HttpContext context, string[]? dimension = null)
    {
        RegisteredGraph graph = await budget.SuspendAsync(cancellation => registry.FindAsync(id, cancellation))
            ?? throw ProblemException.NotFound($"No graph is registered as '{id}'.");
        return answer.Of(context, id, () => GraphSource.Read(graph).Definition, GradientQuery.Extents(dimension), budget, graph.Canonical);
    }

    private static async Task<Results<ContentHttpResult, FileContentHttpResult>> GradientGraphAsync(
        string id, [AsParameters] GradientQuery query, GraphSource source, DerivativeEngine engine, GraphAnswer answer, RequestBudget budget,
            HttpContext context, EnumQueryValue<GradientForm>? form = null)
    {
        SourcedGraph graph = await source.RegisteredAsync(id, budget);
        Dictionary<string, int> dimensions = GradientQuery.Extents(query.Dimension);
        GraphDefinition gradient = form?.Value == GradientForm.Operator
            ? engine.GradientOperator(graph.Definition, query.Output, query.Sources, dimensions, budget.Token)
            : engine.GradientGraph(graph.Definition, query.Output, query.Sources, dimensions, budget.Token);
        return answer.Of(context, id, () => gradient, dimensions, budget);
    }

    private static async Task<Results<ContentHttpResult, FileContentHttpResult>> TrainingStepAsync(
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
        return answer.Of(context, id, () => step, dimensions, budget);
    }

    private static async Task<NoContent> DeleteAsync(string id, GraphRegistry registry, CancellationToken cancellation) =>
        await registry.DeleteAsync(id, cancellation) ? TypedResults.NoContent()
            : throw ProblemException.NotFound($"No graph is registered as '{id}'.");

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
