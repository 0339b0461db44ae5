using Backprop.Api.Features.Catalogues;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Steps;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.StepCosts;

/// <summary>The cost of a training step.</summary>
internal static class StepCostEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapCosts(this IEndpointRouteBuilder routes)
    {
        routes.MapCatalogues();
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Costs").RequireCompute();
        group.MapPost("/step-costs", StepCost).WithValidation<StepCostRequest>().WithName("StepCost")
            .WithSummary("Compute the FLOPs, time and memory of a training step")
            .WithDescription(
                "The subject is a catalogued model, a custom configuration, a parameter count, or a graph. Of a graph, every operator is counted, " +
                "forward and backward, and memory is that of the plan; types come from `inputs` or only from the declarations. FLOPs of a model " +
                "are those of matrix products, two per multiply-add, under four conventions for counting attention; time is an interval between " +
                "measured ceilings and typical utilisation; memory is that of the fullest device, part by part. With `hardware` the answer says " +
                "whether the step fits, and if not, how few devices it would fit on or what to change; with measured times, how well the devices " +
                "are used and what contradicts their peaks. Every figure names its formula, its convention and its source.")
            .WithExample("GPT-3 on 1024 GPUs", CostExamples.CataloguedStep)
            .WithExample("One device", CostExamples.OneDevice)
            .WithExample("A custom model and device", CostExamples.OwnStep)
            .WithExample("Only a parameter count", CostExamples.CountedStep)
            .WithExample("A graph", CostExamples.GraphStep);
    }

    private static async Task<Ok<StepCostAnswer>> StepCost(JsonBody<StepCostRequest> body, RequestBudget budget, ServerTiming timing,
        GraphStepService graphs)
    {
        StepCostRequest request = body.Value;
        if (request.Model is null)
        {
            return TypedResults.Ok(await graphs.AnswerAsync(request, budget, timing));
        }

        (StepSetup setup, IReadOnlyList<string> assumptions) = StepCompletion.Of(StepRequestMapper.Read(request));
        return TypedResults.Ok(StepAnswerMapper.Write(setup, assumptions));
    }
}
