using Backprop.Api.Features.StepCosts;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using FluentValidation;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>Finite differences: exactly one subject, and times within bounds.</summary>
internal sealed class FiniteDifferenceValidator : CostRequestValidator<FiniteDifferenceRequest>
{
    private const double MostParameters = 1e18;

    /// <summary>The rules.</summary>
    public FiniteDifferenceValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) + (request.Parameters is null ? 0 : 1) == 1)
            .WithMessage("Give exactly one of parameters, model, and a graph (graph, expression, graphId or onnx).")
            .AsMalformed();
        RuleFor(request => request.Parameters).Must(IsCount).WithMessage($"parameters must be a whole number between 1 and {MostParameters:0.#e0}.");
        RuleFor(request => request.Tokens).Must(IsCount).WithMessage($"tokens must be a whole number between 1 and {MostParameters:0.#e0}.");
        When(request => IsGraph(request) && request.ForwardMs is null, () =>
            RuleFor(request => request.BackwardMs).Null()
                .WithMessage("backwardMs of a graph requires forwardMs; without both, the graph is timed in both directions."));
        When(request => !IsGraph(request), () =>
        {
            RuleFor(request => request.Wrt).Null().WithMessage("wrt applies only to a graph.");
            RuleFor(request => request.Output).Null().WithMessage("output applies only to a graph.");
            RuleFor(request => request.Inputs).Null().WithMessage("inputs apply only to a graph.");
            RuleFor(request => request.Batch).Null().WithMessage("batch applies only to a graph.");
            RuleFor(request => request.ForwardMs).NotNull().When(request => request.Hardware is null)
                .WithMessage("The time of an evaluation is not known: give forwardMs, or hardware to compute it from.");
        });
        When(request => !IsGraph(request) && request.ForwardMs is null && request.Hardware is not null && !HasContext(request), () =>
            RuleFor(request => request.Tokens).NotNull().WithMessage("The work of an evaluation is not known: give tokens or forwardMs."));
    }

    private static bool IsGraph(FiniteDifferenceRequest request) => request.Parameters is null && request.Model is null;

    private static bool HasContext(FiniteDifferenceRequest request) => request.Model is { } model && model.Described?.Parameters is null;

    private static bool IsCount(double? value) => value is null || (value >= 1 && value <= MostParameters && double.IsInteger(value.Value));
}
