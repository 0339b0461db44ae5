using Backprop.Api.Features.Catalogues;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.StepCosts;

/// <summary>What a training step costs.</summary>
public static class StepCostEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapCosts(this IEndpointRouteBuilder routes)
    {
        routes.MapCatalogues();
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Costs").RequireCompute();
        group.MapPost("/step-costs", StepCost).WithValidation<StepCostRequest>().WithName("StepCost")
            .WithSummary("FLOPs, time and memory of one training step")
            .WithDescription(
                "Of a catalogued model, of a configuration of one's own, of a count of parameters, or of a graph, of which every operator is " +
                    "counted, forward and backward, and memory is that of the plan "
                + "(types come from `inputs`, or from the declarations alone). FLOPs of a model are those of matrix products, two for each " +
                    "multiply-add, under four "
                + "conventions of counting attention; time is an interval between measured ceilings and typical utilisation; memory is that of " +
                    "the fullest device, part by part. "
                + "With `hardware` the answer says whether it fits, and if not on how few devices it would or what to change; with measured " +
                    "times, how well the devices are used and "
                + "what cannot be true. Every figure names its formula, its convention and its source.")
            .WithExample("GPT-3 on 1024 GPUs", CostExamples.CataloguedStep)
            .WithExample("One device", CostExamples.OneDevice)
            .WithExample("A model and a device of one's own", CostExamples.OwnStep)
            .WithExample("No more than a count of parameters", CostExamples.CountedStep)
            .WithExample("A graph", CostExamples.GraphStep);
    }

    private static async Task<Ok<StepCostAnswer>> StepCost(JsonBody<StepCostRequest> body, RequestBudget budget, ServerTiming timing,
        GraphStepService graphs)
    {
        StepCostRequest request = body.Value;
        if (request.Model is null)
            return TypedResults.Ok(await graphs.AnswerAsync(request, budget, timing));
        (Domain.Costs.Steps.StepSetup setup, IReadOnlyList<string> assumptions) = StepRequestMapper.Read(request);
        return TypedResults.Ok(StepAnswerMapper.Write(setup, assumptions));
    }
}
