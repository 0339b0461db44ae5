using System.Linq.Expressions;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Derivatives;
using Backprop.Client.Training;
using Backprop.Client.Values;
using FluentValidation;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>What is wrong with a request whatever its graph; the rest is checked when the run is compiled.</summary>
internal sealed class TrainingRunValidator : AbstractValidator<TrainingRunRequest>
{
    /// <summary>The rules.</summary>
    public TrainingRunValidator()
    {
        RuleFor(request => request)
            .Must(request => Count(request.Graph, request.Expression, request.GraphId, request.Onnx) == 1)
            .WithMessage("Name the graph by exactly one of graph, expression, graphId and onnx.")
            .AsMalformed();
        RuleFor(request => request)
            .Must(request => Count(request.Steps, request.Epochs) == 1)
            .WithMessage("State the length of the run by exactly one of steps and epochs.")
            .AsMalformed();
        Counts(request => request.Steps, "steps");
        Counts(request => request.Epochs, "epochs");
        Counts(request => request.BatchSize, "batchSize", int.MaxValue);
        Counts(request => request.AccumulationSteps, "accumulationSteps", int.MaxValue);
        Counts(request => request.CheckpointEvery, "checkpointEvery");
        When(request => request.Validation is not null, () => Counts(request => request.Validation!.Every, "every"));
        When(request => request.Record is not null, () => Counts(request => request.Record!.Every, "every"));
        When(request => request.Stop is not null, () => Counts(request => request.Stop!.Patience, "patience", int.MaxValue));
        RuleFor(request => request.DataParallel).Must(processes => processes is null or 1)
            .WithMessage(request => $"dataParallel must be 1: one process computes a run; got {request.DataParallel}.");
        RuleFor(request => request.Device).Must(device => device is null or DeviceChoice.Auto or DeviceChoice.Host)
            .WithMessage("Training runs are computed on the host: device must be auto or host, or omitted.");
        RuleFor(request => request.DType).Must(dtype => dtype is null or ElementType.Float64 or ElementType.Float32).OverridePropertyName("dtype")
            .WithMessage("dtype must be float64 or float32, since parameters are floats.");
        RuleFor(request => request.Epsilon).Must(epsilon => epsilon is null or > 0).WithMessage("epsilon must be positive.");
        RuleFor(request => request.Epsilon).Must((request, epsilon) => epsilon is null || request.Gradient == TrainingGradient.FiniteDifferences)
            .WithMessage("epsilon is the step of finite differences: set gradient to finiteDifferences, or omit it.");
    }

    private static int Count(params object?[] given) => given.Count(one => one is not null);

    private void Counts(Expression<Func<TrainingRunRequest, long?>> member, string name, long most = long.MaxValue)
    {
        string bound = most == int.MaxValue ? $" and at most {int.MaxValue}" : "";
        RuleFor(member).Must(count => count is null || (count >= 1 && count <= most)).WithMessage($"{name} must be at least 1{bound}.");
    }
}
