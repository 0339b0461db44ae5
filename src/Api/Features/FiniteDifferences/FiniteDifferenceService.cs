using Backprop.Api.Features.Catalogues;
using Backprop.Api.Features.Derivatives;
using Backprop.Api.Features.Graphs;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Client.Costs;
using Backprop.Compute.Costs;
using Backprop.Compute.Differences;
using Backprop.Compute.Engine;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.FiniteDifferences;
using Backprop.Domain.Costs.Hardware;
using Backprop.Domain.Costs.Reconciliation;
using Backprop.Domain.Costs.Steps;
using Backprop.Domain.Costs.Transformers;
using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>Determines the times behind finite differences: given, computed from a model and a device, or measured on a submitted graph.</summary>
internal sealed class FiniteDifferenceService(DerivativeService derivatives, DerivativeEngine engine, IOptions<BackpropLimits> limits)
{
    private const int MostEvaluations = 1000;

    // The rest of the time is for compiling, and for the run during which the time runs out.
    private const double ShareOfTime = 0.25;
    private const double MostSeconds = 5;

    /// <summary>Answers a validated request.</summary>
    public async Task<FiniteDifferenceAnswer> AnswerAsync(FiniteDifferenceRequest request, RequestBudget budget, ServerTiming timing)
    {
        var scheme = (DifferenceScheme)(request.Method ?? FiniteDifferenceMethod.Forward);
        if (request.Parameters is null && request.Model is null)
        {
            ComputationRequest submission = await derivatives.SubmitAsync(request, timing, budget);
            return GraphSource.Located(submission, () => request.ForwardMs is null
                ? Measured(request, scheme, submission, budget, timing)
                : Counted(request, scheme, submission, budget)).Answer();
        }

        var notes = new FiniteDifferenceNotes();
        ModelProfile model = request.Model is { } choice
            ? ModelMapper.Read(choice)
            : new ModelProfile(null, (Int128)request.Parameters!.Value, (Int128)request.Parameters.Value, null);
        HardwareProfile? hardware = request.Hardware is { } device ? HardwareMapper.Read(device) : null;
        ComputePrecision precision = Precision(request, PrecisionChoice.Of(null, ComputePrecision.Fp32, hardware), notes);
        return Stated(request, scheme, model, hardware, precision, notes).Answer();
    }

    private static FiniteDifferenceReport Stated(
        FiniteDifferenceRequest request, DifferenceScheme scheme, ModelProfile model, HardwareProfile? hardware, ComputePrecision precision,
            FiniteDifferenceNotes notes)
    {
        double? tokens = request.Tokens ?? model.Configuration?.Context;
        if (hardware is not null && request.Tokens is null && tokens is { } context)
        {
            notes.Assume($"tokens: {context:0}, one sequence of the model's context");
        }

        (double Flops, string Formula)? work = tokens is { } count ? EvaluationTime.Forward(model, count) : null;
        EvaluationTime? reckoned = null;
        if (request.ForwardMs is null)
        {
            reckoned = EvaluationTime.Of(model, tokens!.Value, hardware!, precision)
                ?? throw new GraphException("precision", $"{hardware!.Name} does not support {precision.Text()}");
            notes.Reckoned(reckoned, hardware!);
        }

        double forwardMs = request.ForwardMs ?? reckoned!.LowerSeconds * 1000;
        IReadOnlyList<CostConflict> conflicts = hardware is null ? []
            : Reconciliation.Of(new MeasuredStep(hardware, precision, (double)model.Parameters)
            {
                ForwardFlops = work?.Flops,
                ForwardFormula = work?.Formula,
                ForwardSeconds = request.ForwardMs / 1000,
                BackwardSeconds = request.BackwardMs / 1000,
                WeightBytes = (double)model.Active * precision.StoredBytes(),
            });
        if (hardware is not null && work is null)
        {
            notes.Assume("without tokens the work of a forward pass is not known: times are compared only with reading the weights");
        }

        return new FiniteDifferenceReport(Question((long)model.Parameters, scheme, precision, forwardMs, request.BackwardMs, notes), notes)
        {
            Interval = reckoned,
            Conflicts = [.. conflicts, .. hardware is null ? [] : StepConflicts.Sparse(hardware)],
        };
    }

    private FiniteDifferenceReport Measured(
        FiniteDifferenceRequest request, DifferenceScheme scheme, ComputationRequest submission, RequestBudget budget, ServerTiming timing)
    {
        var time = TimeSpan.FromSeconds(Math.Min(MostSeconds, limits.Value.Seconds * ShareOfTime));
        var run = new DifferenceRunRequest(request.Wrt, request.Output, scheme, MostEvaluations, time);
        DifferenceRunReport measured = new DifferenceRun(engine).Run(submission, run, budget.Token);
        timing.Add(ServerTiming.Run, (measured.Evaluations.Total + measured.Backprops.Total) * 1000);
        var notes = new FiniteDifferenceNotes();
        notes.Measured(measured, request.Hardware is not null);
        ComputePrecision precision = Precision(request, measured.DType == DType.Float64 ? ComputePrecision.Fp64 : ComputePrecision.Fp32, notes);
        notes.AssumeComplex(scheme);
        double evaluation = measured.Evaluations.Mean * scheme.Factor();
        var question = new DifferenceQuestion(measured.Elements, scheme, precision, evaluation, measured.Backprops.Median)
        {
            Value = measured.Value,
            GradientNorm = measured.GradientNorm,
        };
        return new FiniteDifferenceReport(question, notes) { Measured = measured, GraphId = submission.Id };
    }

    private FiniteDifferenceReport Counted(FiniteDifferenceRequest request, DifferenceScheme scheme, ComputationRequest submission,
        RequestBudget budget)
    {
        CompiledQuery<StepFacts> step = engine.PlanOf(
            submission, TrainingStepQuery.Of(request.Wrt, request.Output), null, new Dictionary<string, int>(), budget.Token);
        long elements = step.Metadata.Elements;
        if (elements == 0)
        {
            throw new GraphException("wrt", "no element to differentiate with respect to");
        }

        var notes = new FiniteDifferenceNotes();
        notes.Assume("forwardMs is given: the graph is counted and not run");
        ComputePrecision precision = Precision(request, step.Graph.Outputs[0].Node.DType == DType.Float64 ? ComputePrecision.Fp64
            : ComputePrecision.Fp32, notes);
        return new FiniteDifferenceReport(
            Question(elements, scheme, precision, request.ForwardMs!.Value, request.BackwardMs, notes), notes)
        { GraphId = submission.Id };
    }

    private static DifferenceQuestion Question(
        long elements, DifferenceScheme scheme, ComputePrecision precision, double forwardMs, double? backwardMs, FiniteDifferenceNotes notes)
    {
        if (backwardMs is null)
        {
            notes.Assume("backwardMs: twice the forward time, as the FLOPs of matrix products are; measurements give 1.4 to 2 times");
        }

        notes.AssumeComplex(scheme);
        return DifferenceQuestion.Of(elements, scheme, precision, forwardMs, backwardMs);
    }

    private static ComputePrecision Precision(FiniteDifferenceRequest request, ComputePrecision otherwise, FiniteDifferenceNotes notes)
    {
        if (request.Precision is null)
        {
            notes.Assume($"precision: {otherwise.Text()}");
        }

        return request.Precision is { } asked ? (ComputePrecision)asked : otherwise;
    }
}
