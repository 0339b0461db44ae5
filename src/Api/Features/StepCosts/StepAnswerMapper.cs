using Backprop.Api.Features.Catalogues;
using Backprop.Client.Costs;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Maps the costs of a training step to the contract.</summary>
internal static class StepAnswerMapper
{
    private const double Milli = 1e3;

    /// <summary>The whole answer.</summary>
    /// <param name="setup">The step.</param>
    /// <param name="assumptions">The assumptions made.</param>
    public static StepCostAnswer Write(StepSetup setup, IReadOnlyList<string> assumptions)
    {
        var work = StepWork.Of(setup);
        StepDuration? duration = setup.Hardware is { } hardware ? StepDuration.Of(setup, hardware) : null;
        return new StepCostAnswer
        {
            Model = Model(setup),
            Precision = (Precision)setup.Precision,
            Flops = Flops(setup, work),
            BackwardToForward = work.Backward / work.Forward,
            Memory = Memory(setup),
            Time = duration is null ? null : Time(setup, duration),
            Utilization = setup.Hardware is { } device && Domain.Costs.Steps.Utilization.Measured(setup, device) is { } measured
                ? Utilization(measured) : null,
            Fit = setup.Hardware is { } fitted ? Fit(FitReport.Of(setup, fitted)) : null,
            Run = setup.Measured.Tokens is { } tokens ? Run(setup, RunEstimate.Of(setup, tokens, duration)) : null,
            Formulas = CostMapper.Origins(StepOrigins.List(setup, duration)),
            Assumptions = assumptions,
            Inconsistencies = CostMapper.Conflicts(StepConflicts.Of(setup)),
        };
    }

    private static PricedModel Model(StepSetup setup) => new()
    {
        Id = setup.Model.Id,
        Parameters = (long)setup.Model.Parameters,
        ActiveParameters = (long)setup.Model.Active,
        BatchSize = setup.Batch,
        SequenceLength = setup.Sequence,
        Devices = setup.Layout.Devices,
    };

    private static StepFlops Flops(StepSetup setup, StepWork work)
    {
        IReadOnlyList<OperatorWork>? elementwise = setup.Model.Configuration is { } model
            ? [.. TransformerOperators.Of(setup, model).Where(op => !op.IsMatmul)]
            : null;
        return new StepFlops
        {
            Forward = work.Forward,
            Backward = work.Backward,
            Model = work.Model,
            Recomputed = work.Recomputed,
            Hardware = work.Hardware,
            Optimizer = work.Optimizer,
            Elementwise = elementwise?.Sum(op => op.Forward.Flops + op.Backward.Flops),
            Transcendentals = elementwise?.Sum(op => op.Transcendentals),
            ForwardPerToken = work.Forward / setup.Tokens,
            Parts = [.. work.Parts.Select(part => new FlopsPart { Name = part.Name, Forward = part.Forward, Backward = part.Backward })],
            Attention = setup.Model.Configuration is { } counted
                ? [.. Enum.GetValues<AttentionCount>().Select(count => Attention(setup, counted, count))] : null,
            Approximations = [.. LiteratureFormulas.Of(setup)
                .Select(formula =>
                    new NamedFlops { Name = formula.Name, Training = formula.Flops, RelativeDifference = formula.RelativeDifference })],
        };
    }

    private static AttentionFlops Attention(StepSetup setup, TransformerConfiguration model, AttentionCount count)
    {
        var token = TransformerFlops.PerToken(model, setup.Sequence, count);
        return new AttentionFlops
        {
            Convention = (AttentionConvention)count,
            AttentionPerToken = token.Scores * (1 + count.BackwardFactor()),
            TrainingPerToken = token.Training,
            Training = token.Training * setup.Tokens,
        };
    }

    private static StepMemory Memory(StepSetup setup)
    {
        var need = MemoryNeed.Of(setup);
        return new StepMemory
        {
            Parameters = need.Parameters,
            Gradients = need.Gradients,
            MasterWeights = need.MasterWeights,
            Moments = need.Moments,
            Activations = need.Stored is { } stored && setup.Model.Configuration is { } model
                ? Activations(setup, model, stored, need.Recomputed) : null,
            Logits = need.Stored is null ? null : need.Logits,
            Total = need.Total,
            TotalGb = need.Total / 1e9,
            TotalGib = need.Total / (1L << 30),
        };
    }

    private static ActivationMemory Activations(StepSetup setup, TransformerConfiguration model, double stored, double recomputed) => new()
    {
        Stored = stored,
        Recomputed = recomputed,
        Layer = ActivationNeed.MicroTokens(setup) * ActivationNeed.Layer(setup, model),
        ByPolicy = Enum.GetValues<ActivationPolicy>().ToDictionary(
            policy => (RecomputationPolicy)policy, policy => ActivationNeed.Stored(setup, model, policy, isFirst: true)),
    };

    private static StepTime Time(StepSetup setup, StepDuration duration) => new()
    {
        LowerMs = duration.Step.Lower * Milli,
        UpperMs = duration.Step.Upper * Milli,
        ExpectedMs = RunEstimate.ExpectedStep(setup) * Milli,
        Forward = CostMapper.Interval(duration.Forward * Milli),
        Backward = CostMapper.Interval(duration.Backward * Milli),
        Recomputed = CostMapper.Interval(duration.Recomputed * Milli),
        Optimizer = CostMapper.Interval(duration.Optimizer * Milli),
        Communication = new CommunicationTime
        {
            DataBytes = duration.Communication.Data,
            TensorBytes = duration.Communication.Tensor,
            PipelineBytes = duration.Communication.Pipeline,
            DataMs = duration.Communication.Data / duration.LinkBytesPerSecond * Milli,
            TensorMs = duration.Communication.Tensor / duration.LinkBytesPerSecond * Milli,
            PipelineMs = duration.Communication.Pipeline / duration.LinkBytesPerSecond * Milli,
        },
        PipelineBubble = duration.Bubble,
        Operators = [.. duration.Operators.Select(op => new OperatorTime
        {
            Name = op.Name,
            Flops = op.Work.Flops,
            Bytes = op.Work.Bytes,
            LowerMs = op.Seconds.Lower * Milli,
            Bound = op.IsComputeBound ? RooflineBound.Compute : RooflineBound.Memory,
        })],
        TokensPerSecond = new TimeInterval { Lower = setup.Tokens / duration.Step.Upper, Upper = setup.Tokens / duration.Step.Lower },
    };

    /// <summary>The utilization at a measured time.</summary>
    internal static StepUtilization Utilization(Domain.Costs.Steps.Utilization measured) => new()
    {
        Of = measured.Of,
        Mfu = measured.Mfu,
        Hfu = measured.Hfu,
        ModelTflopsPerDevice = measured.FlopsPerDevice / 1e12,
    };

    private static StepFit Fit(FitReport report) => new()
    {
        Fits = report.Fits,
        NeededBytes = report.Needed,
        CapacityBytes = report.Capacity,
        LargestMicroBatch = report.LargestMicroBatch,
        FewestDevices = report.Fewest is not { } layout ? null : new StepArrangement
        {
            Devices = layout.Devices,
            DataParallel = layout.Data,
            TensorParallel = layout.Tensor,
            PipelineParallel = layout.Pipeline,
            ZeroStage = layout.ZeroStage,
            NeededBytes = report.FewestNeeded,
        },
        Changes = [.. report.Changes.Select(change => new StepChange { Change = change.Change, NeededBytes = change.Needed, Price = change.Price })],
    };

    private static RunCost Run(StepSetup setup, RunEstimate run)
    {
        Interval? days = run.Seconds * (1.0 / CostMapper.SecondsOfDay);
        return new RunCost
        {
            Tokens = run.Tokens,
            Steps = run.Steps,
            Flops = run.Flops,
            SixNd = run.SixNd,
            PetaflopsDays = run.Flops / RunEstimate.PetaflopsDay,
            DeviceHours = days is { } all ? CostMapper.Interval(all * (24.0 * setup.Layout.Devices)) : null,
            Days = days is { } each ? CostMapper.Interval(each) : null,
            ExpectedDays = run.ExpectedSeconds / CostMapper.SecondsOfDay,
            Text = run.Seconds is { } seconds ? $"{FormulaText.Duration(seconds.Lower)} to {FormulaText.Duration(seconds.Upper)}" : null,
        };
    }
}
