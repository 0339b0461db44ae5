using Backprop.Api.Features.StepCosts;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using FluentValidation;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>Finite differences: of exactly one thing, with times that can be reckoned with.</summary>
public sealed class FiniteDifferenceValidator : CostRequestValidator<FiniteDifferenceRequest>
{
    private const double MostParameters = 1e18;

    /// <summary>The rules.</summary>
    public FiniteDifferenceValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) + (request.Parameters is null ? 0 : 1) == 1)
            .WithMessage("Exactly one is given of parameters, model, and a graph (graph, expression, graphId or onnx).")
            .AsMalformed();
        RuleFor(request => request.Parameters).Must(IsCount).WithMessage($"parameters is a whole number between 1 and {MostParameters:0.#e0}.");
        RuleFor(request => request.Tokens).Must(IsCount).WithMessage($"tokens is a whole number between 1 and {MostParameters:0.#e0}.");
        When(request => IsGraph(request) && request.ForwardMs is null, () =>
            RuleFor(request => request.BackwardMs).Null()
                .WithMessage("A graph is timed in both directions; with forwardMs it is counted only, and backwardMs may stand beside that."));
        When(request => !IsGraph(request), () =>
        {
            RuleFor(request => request.Wrt).Null().WithMessage("wrt belongs to a graph.");
            RuleFor(request => request.Output).Null().WithMessage("output belongs to a graph.");
            RuleFor(request => request.Inputs).Null().WithMessage("inputs belong to a graph.");
            RuleFor(request => request.Batch).Null().WithMessage("batch belongs to a graph.");
            RuleFor(request => request.ForwardMs).NotNull().When(request => request.Hardware is null)
                .WithMessage("The time of an evaluation is not known: forwardMs is needed, or hardware, from which it is reckoned.");
        });
        When(request => !IsGraph(request) && request.ForwardMs is null && request.Hardware is not null && !HasContext(request), () =>
            RuleFor(request => request.Tokens).NotNull().WithMessage("The work of an evaluation is not known: tokens or forwardMs is needed."));
    }

    private static bool IsGraph(FiniteDifferenceRequest request) => request.Parameters is null && request.Model is null;

    private static bool HasContext(FiniteDifferenceRequest request) => request.Model is { } model && model.Described?.Parameters is null;

    private static bool IsCount(double? value) => value is null || (value >= 1 && value <= MostParameters && double.IsInteger(value.Value));
}
