using Backprop.Api.Platform.Validation;
using Backprop.Client.Graphs;
using Backprop.Infrastructure.Persistence.Graphs;
using FluentValidation;

namespace Backprop.Api.Features.Graphs;

/// <summary>A registration names its graph in exactly one way.</summary>
internal sealed class GraphRegistrationValidator : AbstractValidator<GraphRegistrationRequest>
{
    /// <summary>The rules.</summary>
    public GraphRegistrationValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) == 1)
            .WithMessage("Give the graph in exactly one way: inputs, nodes and outputs at the root, or graph, or expression, or onnx.")
            .AsMalformed();
        When(IsRoot, () =>
        {
            RuleFor(request => request.Inputs).NotNull().WithMessage("inputs is required.").AsMalformed();
            RuleFor(request => request.Nodes).NotNull().WithMessage("nodes is required.").AsMalformed();
            RuleFor(request => request.Outputs).NotNull().WithMessage("outputs is required.").AsMalformed();
        });
        RuleFor(request => request.Alias).Must(alias => alias is null || GraphAlias.IsValid(alias)).WithMessage(GraphAlias.Rule);
    }

    private static int Ways(GraphRegistrationRequest request) =>
        new[] { IsRoot(request), request.Graph is not null, request.Expression is not null, request.Onnx is not null }.Count(given => given);

    private static bool IsRoot(GraphRegistrationRequest request) =>
        request.Inputs is not null || request.Constants is not null || request.Nodes is not null || request.Outputs is not null;
}
