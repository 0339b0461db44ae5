using Backprop.Api.Features.Catalogues;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Costs;
using Backprop.Compute.Calibration;
using Backprop.Compute.Costs;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs.Graphs;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Api.Features.StepCosts;

/// <summary>Computes the cost of one training step of a submitted graph, in the same contract as a model's.</summary>
internal sealed class GraphStepService(DerivativeService derivatives, GraphCosts costs, HostCalibration host)
{
    private const string OfModel = "applies only to a model; a graph is costed as it is, on one device";

    /// <summary>Answers a request that names a graph.</summary>
    /// <exception cref="ProblemException">A member does not apply to a graph (422).</exception>
    public async Task<StepCostAnswer> AnswerAsync(StepCostRequest request, RequestBudget budget, ServerTiming timing)
    {
        RefuseOthers(request);
        HardwareProfile? hardware = request.Hardware is { } choice ? HardwareMapper.Read(choice) : null;
        ComputationRequest submission = await derivatives.SubmitAsync(request, timing, budget);
        GraphStepCost cost = GraphSource.Located(submission, () =>
            Located(() => costs.Of(submission, Step(request, Strategy(request)), budget.Token)));
        if (cost.Wrt.Elements == 0)
        {
            throw new GraphException("wrt", "no element to differentiate with respect to");
        }

        DType declared = cost.Step.Graph.Outputs[0].Node.DType;
        ComputePrecision precision = PrecisionChoice.Of((ComputePrecision?)request.Precision, declared == DType.Float64 ? ComputePrecision.Fp64
            : ComputePrecision.Fp32, hardware);
        return new GraphStepReport(request, cost, precision, declared, hardware)
        {
            GraphId = submission.Id,
            Rates = compiled => hardware is null ? host.Rates.Of(compiled.Plan)
                : DeviceRates.Of(hardware, hardware.Multiplies(precision)!.Value, declared),
        }.Answer();
    }

    private static GraphStep Step(StepCostRequest request, CheckpointStrategy? strategy)
    {
        var dimensions = new Dictionary<string, int>(StringComparer.Ordinal);
        Bind("batch", request.BatchSize);
        Bind("sequence", request.SequenceLength);
        return new GraphStep(request.Wrt, request.Output, strategy, request.BatchSize is { } points ? (int)Math.Min(points, int.MaxValue) : null,
            dimensions);

        void Bind(string symbol, long? extent)
        {
            if (extent is { } size)
            {
                dimensions[symbol] = (int)Math.Min(size, int.MaxValue);
            }
        }
    }

    private static CheckpointStrategy? Strategy(StepCostRequest request) => request.Checkpointing switch
    {
        null or RecomputationPolicy.None => null,
        RecomputationPolicy.Sqrt => new CheckpointStrategy.Sqrt(),
        _ => throw new ProblemException(422, "checkpointing", "checkpointing of a graph must be none or sqrt: its layers are not known."),
    };

    // Values or the two counts of the request bind the symbols.
    private static T Located<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (GraphException error) when (error.Path.StartsWith("dimensions.", StringComparison.Ordinal))
        {
            throw new GraphException("inputs", $"{error.Message}; batchSize binds 'batch', sequenceLength 'sequence'", error.Node);
        }
    }

    private static void RefuseOthers(StepCostRequest request)
    {
        (string Path, bool Given)[] others =
        [
            ("microBatchSize", request.MicroBatchSize is not null), ("attention", request.Attention is not null),
                ("flashAttention", request.FlashAttention is not null),
            ("gradientPrecision", request.GradientPrecision is not null), ("devices", request.Devices is > 1),
                ("dataParallel", request.DataParallel is > 1),
            ("tensorParallel", request.TensorParallel is > 1), ("pipelineParallel", request.PipelineParallel is > 1),
                ("pipelineChunks", request.PipelineChunks is > 1),
            ("sequenceParallel", request.SequenceParallel == true), ("zeroStage", request.ZeroStage is > 0), ("tokens", request.Tokens is not null),
        ];
        string[] given = [.. others.Where(other => other.Given).Select(other => other.Path)];
        if (given.Length > 0)
        {
            throw new ProblemException(new Problem(422, string.Join(" ", given.Select(path => $"{path} {OfModel}.")))
            {
                Errors = given.ToDictionary(path => path, path => new[] { $"{path} {OfModel}." }),
            });
        }
    }
}
