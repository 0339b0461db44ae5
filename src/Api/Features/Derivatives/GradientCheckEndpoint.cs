using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Derivatives;
using Backprop.Compute.Differences;
using Backprop.Compute.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Gradients of a submitted graph, checked.</summary>
internal static class GradientCheckEndpoint
{
    public static async Task<Ok<GradientCheckAnswer>> CheckAsync(
        JsonBody<GradientCheckRequest> body, RequestBudget budget, ServerTiming timing, DerivativeService service)
    {
        GradientCheckRequest request = body.Value;
        var method = (DifferenceFormula)(request.Method ?? Client.Derivatives.DifferenceMethod.Central);
        var check = new CheckRequest(request.Wrt, request.Output, method, request.Epsilon, request.Rtol ?? 1e-3, request.Atol ?? 1e-5);
        ComputationRequest submission = await service.SubmitAsync(request, timing, budget);
        CheckReport report = service.Check(submission, check, budget, timing);
        return TypedResults.Ok(new GradientCheckAnswer
        {
            GraphId = submission.Id,
            Passed = report.Passed,
            Undetermined = report.Undetermined == 0 ? null : report.Undetermined,
            MaxAbsoluteError = report.MaxAbsoluteError,
            MaxRelativeError = report.MaxRelativeError,
            Worst = report.Worst is not { } worst ? null : new WorstElement
            {
                Input = worst.Input,
                Index = Array.ConvertAll(worst.Index, i => (long)i),
                Analytic = worst.Analytic,
                Numeric = worst.Numeric,
            },
            Evaluations = report.Evaluations,
            BackpropMs = report.BackpropMs,
            FiniteDifferenceMs = report.FiniteDifferenceMs,
            Speedup = report.BackpropMs > 0 ? report.FiniteDifferenceMs / report.BackpropMs : double.PositiveInfinity,
            Warnings = GraphContractWriter.Warnings(report.Warnings),
            Notes = GraphContractWriter.Notes(submission.Definition),
        });
    }
}
