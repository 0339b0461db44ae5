using Backprop.Api.Features.Catalogues;
using Backprop.Client.Costs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Maps a step of the contract to the domain.</summary>
internal static class StepRequestMapper
{
    /// <summary>Maps a validated request about a model.</summary>
    public static StepDescription Read(StepCostRequest request)
    {
        HardwareProfile? hardware = request.Hardware is { } choice ? HardwareMapper.Read(choice) : null;
        if (hardware is not null && request.LinkGbPerSecond is { } link)
        {
            hardware = hardware with { LinkBytesPerSecond = link * 1e9 };
        }

        bool isLinkAssumed = request.Hardware?.Described is { LinkGbPerSecond: null } && request.LinkGbPerSecond is null;
        return new StepDescription
        {
            Model = ModelMapper.Read(request.Model!),
            Hardware = hardware,
            AssumedLinkGbPerSecond = isLinkAssumed ? HardwareMapper.DefaultLinkGbPerSecond : null,
            Precision = (ComputePrecision?)request.Precision,
            GradientPrecision = (ComputePrecision?)request.GradientPrecision,
            Sequence = request.SequenceLength,
            Batch = request.BatchSize,
            MicroBatch = request.MicroBatchSize,
            Devices = request.Devices,
            DataParallel = request.DataParallel,
            Replica = new ParallelLayout(1, request.TensorParallel ?? 1, request.PipelineParallel ?? 1, request.PipelineChunks ?? 1,
                request.SequenceParallel ?? false, (int)(request.ZeroStage ?? 0)),
            Optimizer = (OptimizerMethod?)request.Optimizer,
            Policy = (ActivationPolicy)(request.Checkpointing ?? RecomputationPolicy.None),
            Attention = (AttentionCount)(request.Attention ?? AttentionConvention.Full),
            FlashAttention = request.FlashAttention ?? false,
            MasterWeights = request.MasterWeights,
            Measured = Measured(request),
        };
    }

    /// <summary>What a request states as measured or assumed.</summary>
    public static Measurements Measured(StepCostRequest request) => new()
    {
        ForwardSeconds = request.ForwardMs / 1e3,
        BackwardSeconds = request.BackwardMs / 1e3,
        StepSeconds = request.StepMs / 1e3,
        Bytes = request.MeasuredBytes,
        Mfu = request.Mfu,
        Tokens = request.Tokens,
    };
}
