using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>What a gradient would cost without backpropagation.</summary>
internal static class FiniteDifferenceEndpoints
{
    private const string SevenBillion = """{ "parameters": 7000000000, "forwardMs": 50, "backwardMs": 100 }""";

    private const string OnDevice =
        """{ "parameters": 175000000000, "forwardMs": 500, "backwardMs": 1000, "hardware": "a100-sxm-80gb", "tokens": 2048, "precision": "fp32" }""";

    private const string Model = """{ "model": "gpt2", "hardware": "h100-sxm-80gb", "precision": "bf16", "method": "central" }""";

    private const string Graph = """
        {
          "expression": "h = tanh(x @ w1 + b1); y = h @ w2; L = mean((y - t)^2)",
          "inputs": {
            "x": [[0.5, -1], [2, 0.25]], "w1": [[0.1, -0.4, 0.3], [0.7, 0.2, -0.5]], "b1": [0, 0.1, -0.1],
            "w2": [[0.3], [-0.2], [0.6]], "t": [[1], [0]]
          },
          "wrt": ["w1", "b1", "w2"],
          "method": "central"
        }
        """;

    /// <summary>Maps the route.</summary>
    public static void MapFiniteDifferences(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/finite-difference-times", AnswerAsync).WithTags("Costs").RequireCompute()
            .WithValidation<FiniteDifferenceRequest>().WithName("FiniteDifferenceTimes")
            .WithSummary("Estimate the cost of finite differences")
            .WithDescription("Finite differences need at least one evaluation per parameter. Their time is computed from a number of parameters " +
                "and the time of a forward pass, from a model and a device, or from a graph with inputs, for which a sample of perturbed " +
                "evaluations is run and timed next to backpropagation. The verdict says whether the digits are usable: it compares the error floor " +
                "of the method with the size of a gradient component. Times that the named device cannot reach are listed under `inconsistencies`.")
            .WithExample("7 billion parameters", SevenBillion)
            .WithExample("Times that a device cannot reach", OnDevice)
            .WithExample("A model on a device", Model)
            .WithExample("A graph, really run", Graph);

    private static async Task<Ok<FiniteDifferenceAnswer>> AnswerAsync(
        JsonBody<FiniteDifferenceRequest> body, RequestBudget budget, ServerTiming timing, FiniteDifferenceService service) =>
        TypedResults.Ok(await service.AnswerAsync(body.Value, budget, timing));
}
