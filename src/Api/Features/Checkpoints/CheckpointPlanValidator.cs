using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using FluentValidation;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Plans for checkpointing: a chain of layers or a graph, and not too large numbers.</summary>
public sealed class CheckpointPlanValidator : AbstractValidator<CheckpointPlanRequest>
{
    private const int MostLayers = 100_000;
    private const double MostBytes = 1e18;
    private const double MostMilliseconds = 1e12;

    /// <summary>The rules.</summary>
    public CheckpointPlanValidator()
    {
        RuleFor(request => request)
            .Must(request => Ways(request) == 1)
            .WithMessage("Either a chain is given, by layers or by lists of them, or a graph by exactly one of graph, expression, graphId and onnx.")
            .AsMalformed();
        RuleFor(request => request.Batch).NoneEmpty();
        RuleFor(request => request.MemoryBudget)
            .Null().When(request => request.Checkpoints is not null, ApplyConditionTo.CurrentValidator)
                .WithMessage("Either checkpoints or memoryBudget is given, not both.")
            .Must(bytes => bytes is null or (> 0 and <= MostBytes)).WithMessage($"memoryBudget is positive and at most {MostBytes:0e0} bytes.");
        RuleFor(request => request.Checkpoints).Must(IsCount).WithMessage("checkpoints is a whole number from 1 on.");
        RuleFor(request => request.BackwardToForward).Must(ratio => ratio is null or (> 0 and <= 1e6))
            .WithMessage("backwardToForward is positive and at most 1000000.");
        When(LayerChainMapper.IsChain, ChainRules).Otherwise(GraphRules);
    }

    private void ChainRules()
    {
        RuleFor(request => request.Layers).Must(layers => IsCount(layers) && layers is null or <= MostLayers)
            .WithMessage($"layers is a whole number from 1 to {MostLayers}.");
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
                .WithMessage($"{member} belongs to a graph, not to a chain of layers.");
        }
    }

    private void GraphRules()
    {
        RuleFor(request => request.BackwardToForward).Null()
            .WithMessage("backwardToForward belongs to a chain of layers; a graph's operations are counted.");
        RuleFor(request => request.Shapes).Null().When(request => request.Inputs is not null)
            .WithMessage("Either inputs or shapes are given, not both.");
        RuleFor(request => request.Batch).Null().When(request => request.Inputs is null)
            .WithMessage("A batch needs inputs: shapes can have its axis themselves.");
    }

    private static IEnumerable<(string Path, string Message)> ChainFaults(CheckpointPlanRequest request)
    {
        double? count = LayerChainMapper.Count(request);
        if (request.Layers is null && count is null or < 1 or > MostLayers)
        {
            yield return ("layers", count is null ? "The number of layers is missing."
                : $"There are {count} layers; plans are made for 1 to {MostLayers}.");
        }

        if (IsCount(request.Checkpoints) && request.Checkpoints > count)
        {
            yield return ("checkpoints", $"There are no more checkpoints than layers, {count}.");
        }

        if (request.MemoryBudget is not null && request.Bytes is null)
        {
            yield return ("bytes", "A memoryBudget needs the bytes of the layers.");
        }

        if (request.BoundaryBytes is not null && request.Bytes is null)
        {
            yield return ("bytes", "boundaryBytes need the bytes of the layers beside them.");
        }

        foreach ((string member, PerLayer? figure) in LayerChainMapper.Lists(request))
        {
            double most = member == "milliseconds" ? MostMilliseconds : MostBytes;
            if (figure is { IsList: true } && figure.Values.Count != count)
            {
                yield return (member, $"The list has {figure.Values.Count} numbers, there are {count} layers.");
            }

            for (int i = 0; i < figure?.Values.Count; i++)
            {
                if (!(figure.Values[i] > 0 && figure.Values[i] <= most))
                {
                    yield return (figure.IsList ? $"{member}[{i}]" : member, $"It is positive and at most {most:0e0}.");
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
