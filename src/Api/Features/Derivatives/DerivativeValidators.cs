using Backprop.Api.Platform.Validation;
using Backprop.Client.Derivatives;
using FluentValidation;

namespace Backprop.Api.Features.Derivatives;

/// <summary>What all derivative requests have in common: they name one graph in one way.</summary>
internal abstract class DerivativeRequestValidator<T> : AbstractValidator<T>
    where T : DerivativeRequest
{
    /// <summary>The common rules.</summary>
    protected DerivativeRequestValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) == 1)
            .WithMessage("Name the graph by exactly one of graph, expression, graphId and onnx.")
            .AsMalformed();
        RuleFor(request => request.Batch).NoneEmpty();
    }

    private static int Ways(DerivativeRequest request) =>
        new object?[] { request.Graph, request.Expression, request.GraphId, request.Onnx }.Count(way => way is not null);
}

/// <summary>Evaluations.</summary>
internal sealed class EvaluationValidator : DerivativeRequestValidator<EvaluationRequest>;

/// <summary>Gradients: the norm to clip to is not negative, and the numbers of checkpointing are positive.</summary>
internal sealed class GradientValidator : DerivativeRequestValidator<GradientRequest>
{
    /// <summary>The rules.</summary>
    public GradientValidator()
    {
        RuleFor(request => request.ClipNorm).GreaterThanOrEqualTo(0).WithMessage("clipNorm must not be negative.");
        When(request => request.Checkpointing is not null, () =>
        {
            RuleFor(request => request.Checkpointing!.Every).GreaterThan(0).WithMessage("every must be positive.");
            RuleFor(request => request.Checkpointing!.Slots).GreaterThan(0).WithMessage("slots must be positive.");
            RuleFor(request => request.Checkpointing!.MemoryBudget).GreaterThan(0).WithMessage("memoryBudget must be positive.");
        });
    }
}

/// <summary>Jacobian-vector products.</summary>
internal sealed class JacobianVectorProductValidator : DerivativeRequestValidator<JacobianVectorProductRequest>;

/// <summary>Vector-Jacobian products.</summary>
internal sealed class VectorJacobianProductValidator : DerivativeRequestValidator<VectorJacobianProductRequest>;

/// <summary>Jacobians.</summary>
internal sealed class JacobianValidator : DerivativeRequestValidator<JacobianRequest>;

/// <summary>Hessians.</summary>
internal sealed class HessianValidator : DerivativeRequestValidator<HessianRequest>;

/// <summary>Hessian-vector products.</summary>
internal sealed class HessianVectorProductValidator : DerivativeRequestValidator<HessianVectorProductRequest>;

/// <summary>Gradient checks: a positive step, tolerances that are not negative.</summary>
internal sealed class GradientCheckValidator : DerivativeRequestValidator<GradientCheckRequest>
{
    /// <summary>The rules.</summary>
    public GradientCheckValidator()
    {
        RuleFor(request => request.Epsilon).GreaterThan(0).WithMessage("epsilon must be positive.");
        RuleFor(request => request.Rtol).GreaterThanOrEqualTo(0).WithMessage("rtol must not be negative.");
        RuleFor(request => request.Atol).GreaterThanOrEqualTo(0).WithMessage("atol must not be negative.");
    }
}

/// <summary>Diagrams.</summary>
internal sealed class DiagramValidator : DerivativeRequestValidator<DiagramRequest>;
