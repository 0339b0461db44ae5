using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using FluentValidation;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Checkpointing plans: either a chain of layers or a graph, and numbers within bounds.</summary>
internal sealed class CheckpointPlanValidator : AbstractValidator<CheckpointPlanRequest>
{
    private const int MostLayers = 100_000;
    private const double MostBytes = 1e18;
    private const double MostMilliseconds = 1e12;

    /// <summary>The rules.</summary>
    public CheckpointPlanValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) == 1)
            .WithMessage("Give either a chain (layers, or lists of figures) or a graph (exactly one of graph, expression, graphId and onnx).")
            .AsMalformed();
        RuleFor(request => request.Batch).NoneEmpty();
        RuleFor(request => request.MemoryBudget)
            .Null().When(request => request.Checkpoints is not null, ApplyConditionTo.CurrentValidator)
                .WithMessage("Give either checkpoints or memoryBudget, not both.")
            .Must(bytes => bytes is null or (> 0 and <= MostBytes)).WithMessage($"memoryBudget must be positive and at most {MostBytes:0e0} bytes.");
        RuleFor(request => request.Checkpoints).Must(IsCount).WithMessage("checkpoints must be a whole number of at least 1.");
        RuleFor(request => request.BackwardToForward).Must(ratio => ratio is null or (> 0 and <= 1e6))
            .WithMessage("backwardToForward must be positive and at most 1000000.");
        When(LayerChainMapper.IsChain, ChainRules).Otherwise(GraphRules);
    }

    private void ChainRules()
    {
        RuleFor(request => request.Layers).Must(layers => IsCount(layers) && layers is null or <= MostLayers)
            .WithMessage($"layers must be a whole number from 1 to {MostLayers}.");
        RuleFor(request => request).Custom((request, context) =>
        {
            foreach ((string path, string message) in ChainFaults(request))
            {
                context.AddFailure(path, message);
            }
        });
        foreach (string member in (string[])["inputs", "shapes", "wrt", "output", "seed", "batch", "dtype", "device", "encoding"])
        {
            RuleFor(request => request).Must(request => GraphMember(request, member) is null).OverridePropertyName(member)
                .WithMessage($"{member} applies only to a graph, not to a chain of layers.");
        }
    }

    private void GraphRules()
    {
        RuleFor(request => request.BackwardToForward).Null()
            .WithMessage("backwardToForward applies only to a chain of layers; a graph's operations are counted.");
        RuleFor(request => request.Shapes).Null().When(request => request.Inputs is not null)
            .WithMessage("Give either inputs or shapes, not both.");
        RuleFor(request => request.Batch).Null().When(request => request.Inputs is null)
            .WithMessage("batch requires inputs; shapes can include the batch axis.");
    }

    private static IEnumerable<(string Path, string Message)> ChainFaults(CheckpointPlanRequest request)
    {
        double? count = LayerChainMapper.Count(request);
        if (request.Layers is null && count is null or < 1 or > MostLayers)
        {
            yield return ("layers", count is null ? "layers is required unless a list of figures states their number."
                : $"The number of layers must lie between 1 and {MostLayers}; got {count}.");
        }

        if (IsCount(request.Checkpoints) && request.Checkpoints > count)
        {
            yield return ("checkpoints", $"checkpoints must be at most the number of layers, {count}.");
        }

        if (request.MemoryBudget is not null && request.Bytes is null)
        {
            yield return ("bytes", "memoryBudget requires bytes, those of the layers.");
        }

        if (request.BoundaryBytes is not null && request.Bytes is null)
        {
            yield return ("bytes", "boundaryBytes requires bytes, those of the layers.");
        }

        foreach ((string member, PerLayer? figure) in LayerChainMapper.Lists(request))
        {
            double most = member == "milliseconds" ? MostMilliseconds : MostBytes;
            if (figure is { IsList: true } && figure.Values.Count != count)
            {
                yield return (member, $"{member} must have one number per layer, {count}; got {figure.Values.Count}.");
            }

            for (int i = 0; i < figure?.Values.Count; i++)
            {
                if (!(figure.Values[i] > 0 && figure.Values[i] <= most))
                {
                    yield return (figure.IsList ? $"{member}[{i}]" : member, $"The number must be positive and at most {most:0e0}.");
                    break;
                }
            }
        }
    }

    private static bool IsCount(double? number) => number is null || (number >= 1 && number <= 1e15 && number == Math.Truncate(number.Value));

    private static object? GraphMember(CheckpointPlanRequest request, string member) => member switch
    {
        "inputs" => request.Inputs,
        "shapes" => request.Shapes,
        "wrt" => request.Wrt,
        "output" => request.Output,
        "seed" => request.Seed,
        "batch" => request.Batch,
        "dtype" => request.DType,
        "device" => request.Device,
        _ => request.Encoding,
    };

    private static int Ways(CheckpointPlanRequest request) =>
        new[] { LayerChainMapper.IsChain(request), request.Graph is not null, request.Expression is not null, request.GraphId is not null,
            request.Onnx is not null }.Count(way => way);
}
