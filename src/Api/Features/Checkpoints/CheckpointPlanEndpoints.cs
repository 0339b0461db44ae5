using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Features.StepCosts;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Checkpoints;
using Backprop.Domain.Costs.Checkpoints;
using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Checkpointing plans.</summary>
internal static class CheckpointPlanEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapCheckpointPlans(this IEndpointRouteBuilder routes) => routes.MapGroup("").WithTags("Costs").RequireCompute()
        .MapPost("/checkpoint-plans", PlanAsync).WithValidation<CheckpointPlanRequest>().WithName("CheckpointPlans")
        .WithSummary("Compare checkpointing plans")
        .WithDescription("Plans √n and the best number of equal segments, the binomial schedule (revolve), and dynamic programming for unequal " +
            "layers. The input is a chain of layers given by numbers, or a graph; a graph's plans can be passed unchanged to `POST /gradients` as " +
            "`checkpointing`. With `Accept: image/svg+xml` the answer is a plot of memory against time.")
        .WithExample("32 layers, 5 checkpoints", CheckpointPlanExamples.Lesson)
        .WithExample("Unequal layers within a budget", CheckpointPlanExamples.Unequal)
        .WithExample("A graph", CheckpointPlanExamples.Graph)
        .Produces<CheckpointPlanAnswer>(StatusCodes.Status200OK, JsonMediaType.Plain)
        .WithMetadata(new OtherFormat(PreferredFormat.Svg));

    private static async Task<IResult> PlanAsync(
        JsonBody<CheckpointPlanRequest> body, RequestBudget budget, HttpContext context, ServerTiming timing, DerivativeService service,
        DerivativeEngine engine, IOptions<BackpropLimits> limits)
    {
        CheckpointPlanAnswer answer = LayerChainMapper.IsChain(body.Value)
            ? ForChain(body.Value, limits.Value.PlanCells, budget.Token)
            : await ForGraphAsync(body.Value, service, engine, timing, budget);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!PreferredFormat.Is(PreferredFormat.Svg, context.Request))
        {
            return TypedResults.Ok(answer);
        }

        SecurityHeaders.ForPicture(context);
        return TypedResults.Text(FrontRenderer.Draw(answer), PreferredFormat.Svg, System.Text.Encoding.UTF8);
    }

    private static CheckpointPlanAnswer ForChain(CheckpointPlanRequest request, long cells, CancellationToken cancellationToken)
    {
        LayerCosts layers = LayerChainMapper.Costs(request);
        var planning = new CheckpointPlanning(layers, cells, cancellationToken);
        return new ChainPlans(request, request.MemoryBudget is { } bytes
            ? planning.ForBytes(bytes)
            : planning.ForStates((int)(request.Checkpoints ?? Math.Ceiling(Math.Sqrt(layers.Count))))).Answer();
    }

    private static async Task<CheckpointPlanAnswer> ForGraphAsync(
        CheckpointPlanRequest request, DerivativeService service, DerivativeEngine engine, ServerTiming timing, RequestBudget budget)
    {
        ComputationRequest submission = await service.SubmitAsync(request, timing, budget);
        if (request.Shapes is { } shapes)
        {
            submission = submission with { Definition = ShapedGraph.Of(submission.Definition, shapes) };
        }

        Literal? seed = request.Seed is { } given ? GraphContractReader.Literal(given, "seed") : null;
        var survey = new CheckpointSurvey(engine, submission, strategy => Queries.Gradient(request.Wrt, request.Output, seed, null, strategy),
            budget.Token);
        using ServerTiming.Stopping compiling = timing.Measure(ServerTiming.Compile);
        SurveyedGraph found = GraphSource.Located(submission, () => survey.Run((long?)request.Checkpoints, (long?)request.MemoryBudget));
        return new GraphPlans(request, submission.Id, found).Answer();
    }
}
