using Backprop.Api.Platform.Validation;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using FluentValidation;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Rules that requests about costs share: the subject, the model, the device and measured times.</summary>
internal abstract class CostRequestValidator<T> : AbstractValidator<T>
    where T : CostRequest
{
    /// <summary>The common rules.</summary>
    protected CostRequestValidator()
    {
        RuleFor(request => request.Model!.Described!).SetValidator(new ModelDescriptionValidator()).OverridePropertyName("model")
            .When(request => request.Model?.Described is not null);
        RuleFor(request => request.Hardware!.Described!).SetValidator(new HardwareDescriptionValidator()).OverridePropertyName("hardware")
            .When(request => request.Hardware?.Described is not null);
        RuleFor(request => request.ForwardMs).IsPositive();
        RuleFor(request => request.BackwardMs).IsPositive();
        RuleFor(request => request.Batch).NoneEmpty();
    }

    /// <summary>The number of subjects that a request names: a model, or a graph in one of four ways.</summary>
    protected static int Ways(T request) =>
        new object?[] { request.Model, request.Graph, request.Expression, request.GraphId, request.Onnx }.Count(way => way is not null);
}

/// <summary>The cost of a step: one subject, counts within bounds.</summary>
internal sealed class StepCostValidator : CostRequestValidator<StepCostRequest>
{
    private const int MostZeroStage = 3;
    private const double MostTokens = 1e30;

    /// <summary>The rules.</summary>
    public StepCostValidator()
    {
        RuleFor(request => request).Must(request => Ways(request) == 1)
            .WithMessage("Give exactly one of model, graph, expression, graphId and onnx.").AsMalformed();
        RuleFor(request => request.BatchSize).IsWithin(1, StepRules.Most);
        RuleFor(request => request.MicroBatchSize).IsWithin(1, StepRules.Most);
        RuleFor(request => request.SequenceLength).IsWithin(1, StepRules.Most);
        RuleFor(request => request.Devices).IsWithin(1, StepRules.Most);
        RuleFor(request => request.DataParallel).IsWithin(1, StepRules.Most);
        RuleFor(request => request.TensorParallel).IsWithin(1, StepRules.Most);
        RuleFor(request => request.PipelineParallel).IsWithin(1, StepRules.Most);
        RuleFor(request => request.PipelineChunks).IsWithin(1, StepRules.Most);
        RuleFor(request => request.ZeroStage).IsWithin(0, MostZeroStage);
        RuleFor(request => request.LinkGbPerSecond).IsPositive();
        RuleFor(request => request.Mfu).IsPositive(1);
        RuleFor(request => request.StepMs).IsPositive();
        RuleFor(request => request.MeasuredBytes).IsWithin(1, MostTokens);
        RuleFor(request => request.Tokens).IsWithin(1, MostTokens);
    }
}

/// <summary>A custom model: a parameter count, or a configuration whose counts are within bounds.</summary>
internal sealed class ModelDescriptionValidator : AbstractValidator<ModelDescription>
{
    private const string Missing = "The member is required; describe a model by parameters, or at least by layers, hidden, heads and vocabulary.";
    private const long Most = TransformerRules.MostOfAnything;

    /// <summary>The rules.</summary>
    public ModelDescriptionValidator()
    {
        When(model => model.Parameters is null, () =>
        {
            RuleFor(model => model.ActiveParameters).Null()
                .WithMessage("activeParameters requires parameters; those of a configuration are counted.");
            RuleFor(model => model.Layers).NotNull().WithMessage(Missing).AsMalformed();
            RuleFor(model => model.Hidden).NotNull().WithMessage(Missing).AsMalformed();
            RuleFor(model => model.Heads).NotNull().WithMessage(Missing).AsMalformed();
            RuleFor(model => model.Vocabulary).NotNull().WithMessage(Missing).AsMalformed();
        }).Otherwise(() =>
        {
            RuleFor(model => model.Parameters).IsWithin(1, TransformerRules.MostParameters);
            RuleFor(model => model.Parameters).Must(count => count is null || !double.IsFinite(count.Value) || double.IsInteger(count.Value))
                .WithMessage("parameters must be a whole number.");
            RuleFor(model => model.ActiveParameters).Must(count => count is null || !double.IsFinite(count.Value) || double.IsInteger(count.Value))
                .WithMessage("activeParameters must be a whole number.");
            RuleFor(model => model.ActiveParameters).IsWithin(1, TransformerRules.MostParameters);
            RuleFor(model => model.ActiveParameters).LessThanOrEqualTo(model => model.Parameters)
                .WithMessage("activeParameters must be at most parameters.");
            RuleFor(model => model.Parameters).Must((model, _) => !IsConfigured(model))
                .WithMessage("Describe a model either by parameters or by its configuration, not by both.");
        });
        RuleFor(model => model.Layers).IsWithin(1, Most);
        RuleFor(model => model.Hidden).IsWithin(1, Most);
        RuleFor(model => model.Heads).IsWithin(1, Most);
        RuleFor(model => model.KvHeads).IsWithin(1, Most);
        RuleFor(model => model.HeadDimension).IsWithin(1, Most);
        RuleFor(model => model.FeedForward).IsWithin(1, Most);
        RuleFor(model => model.Vocabulary).IsWithin(1, Most);
    }

    private static bool IsConfigured(ModelDescription model) =>
        model with { Parameters = null, ActiveParameters = null } != new ModelDescription();
}

/// <summary>A custom device: peaks or cores, memory and bandwidth.</summary>
internal sealed class HardwareDescriptionValidator : AbstractValidator<HardwareDescription>
{
    private const double MostTflops = 1e12;
    private const long MostCores = 1_000_000;
    private const int MostName = 200;

    /// <summary>The rules.</summary>
    public HardwareDescriptionValidator()
    {
        RuleFor(device => device.Name).Length(1, MostName).WithMessage($"name must have 1 to {MostName} characters.");
        RuleFor(device => device.PeakTflops).Must((device, peaks) => peaks is null != device.Cores is null)
            .WithMessage("Describe a device by peakTflops, or by cores and gigahertz.").AsMalformed();
        RuleFor(device => device.PeakTflops).Must(peaks => peaks is not { Count: 0 }).WithMessage("peakTflops must have at least one precision.");
        RuleFor(device => device.PeakTflops).Custom((peaks, context) =>
        {
            foreach ((Precision precision, double peak) in peaks ?? new Dictionary<Precision, double>())
            {
                if (!(peak >= CostRules.Least && peak <= MostTflops))
                {
                    string why = FormattableString.Invariant($"The peak must lie between {CostRules.Least} and {MostTflops} TFLOP/s; got {peak}.");
                    context.AddFailure($"peakTflops.{precision.ToString().ToLowerInvariant()}", why);
                }
            }
        });
        RuleFor(device => device.MemoryGb).NotNull().WithMessage("memoryGb is required.").AsMalformed();
        RuleFor(device => device.MemoryGb).IsPositive();
        RuleFor(device => device.BandwidthTbPerSecond).NotNull().WithMessage("bandwidthTbPerSecond is required.").AsMalformed();
        RuleFor(device => device.BandwidthTbPerSecond).IsPositive();
        RuleFor(device => device.LinkGbPerSecond).IsPositive();
        RuleFor(device => device.MatmulCeiling).IsPositive(1);
        RuleFor(device => device.Cores).IsWithin(1, MostCores);
        RuleFor(device => device.Gigahertz).NotNull()
            .WithMessage("gigahertz is required with cores.").AsMalformed().When(device => device.Cores is not null);
        RuleFor(device => device.Gigahertz).Null().WithMessage("gigahertz requires cores.").When(device => device.Cores is null);
        RuleFor(device => device.Gigahertz).IsPositive();
        RuleFor(device => device.VectorBits).Must(bits => bits is null or 256 or 512).WithMessage("vectorBits must be 256 or 512.");
    }
}
