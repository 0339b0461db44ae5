using System.Globalization;
using Backprop.Api.Features.Catalogues;
using Backprop.Client.Costs;
using Backprop.Compute.Differences;
using Backprop.Domain.Costs;
using Backprop.Domain.Costs.FiniteDifferences;

namespace Backprop.Api.Features.FiniteDifferences;

/// <summary>Maps finite differences to the contract.</summary>
internal sealed record FiniteDifferenceReport(DifferenceQuestion Question, FiniteDifferenceNotes Notes)
{
    private const string Errors = "Nocedal and Wright, Numerical Optimization, 2006, section 8.1; Squire and Trapp 1998 for complex steps";

    /// <summary>The id of the graph.</summary>
    public string? GraphId { get; init; }

    /// <summary>The interval, if the time was computed.</summary>
    public EvaluationTime? Interval { get; init; }

    /// <summary>What was measured.</summary>
    public DifferenceRunReport? Measured { get; init; }

    /// <summary>Contradictions.</summary>
    public IReadOnlyList<CostConflict> Conflicts { get; init; } = [];

    /// <summary>The answer.</summary>
    public FiniteDifferenceAnswer Answer()
    {
        DifferenceEstimate estimate = DifferenceEstimate.Of(Question);
        return new FiniteDifferenceAnswer
        {
            GraphId = GraphId,
            Parameters = Question.Parameters,
            Method = (FiniteDifferenceMethod)Question.Scheme,
            Precision = (Precision)Question.Precision,
            Evaluations = estimate.Evaluations,
            EvaluationSeconds = Question.EvaluationSeconds,
            Seconds = estimate.Seconds,
            Text = TimeText.Of(estimate.Seconds),
            BackpropSeconds = Question.BackpropSeconds,
            BackpropText = TimeText.Of(Question.BackpropSeconds),
            Speedup = estimate.Speedup,
            BestRelativeError = estimate.BestRelativeError,
            BestStep = estimate.BestStep,
            Verdict = new FiniteDifferenceVerdict
            {
                Feasible = estimate.Feasible,
                Noise = estimate.Noise,
                TypicalComponent = estimate.TypicalComponent,
                NoiseToComponent = estimate.NoiseToComponent,
                Text = DifferenceVerdict.Text(Question, estimate),
            },
            Measurement = Measured is null ? null : Measurement(Measured),
            EvaluationMs = Interval is null ? null : new TimeInterval { Lower = Interval.LowerSeconds * 1000, Upper = Interval.UpperSeconds * 1000 },
            Formulas = CostMapper.Origins(Origins(estimate)),
            Assumptions = Notes.Assumptions,
            Inconsistencies = CostMapper.Conflicts(Conflicts),
        };
    }

    private static FiniteDifferenceMeasurement Measurement(DifferenceRunReport run) => new()
    {
        Evaluations = run.Evaluations.Count,
        Seconds = run.Evaluations.Total,
        MeanMs = run.Evaluations.Mean * 1000,
        DeviationMs = run.Evaluations.Deviation * 1000,
        TenthMs = run.Evaluations.Quantile(0.1) * 1000,
        MedianMs = run.Evaluations.Median * 1000,
        NinetiethMs = run.Evaluations.Quantile(0.9) * 1000,
        BackpropMs = run.Backprops.Median * 1000,
        BackpropRuns = run.Backprops.Count,
        SampledError = run.SampledError,
    };

    private IEnumerable<CostOrigin> Origins(DifferenceEstimate estimate)
    {
        string n = Question.Parameters.ToString(CultureInfo.InvariantCulture), u = Number(Question.Precision.Roundoff());
        yield return new CostOrigin("evaluations",
            $"{Question.Scheme.EvaluationsText()} = {estimate.Evaluations.ToString(CultureInfo.InvariantCulture)}, n = {n}", Errors);
        if (Notes.Evaluation is { } evaluation)
        {
            yield return evaluation;
        }

        yield return new CostOrigin("seconds",
            $"evaluations · evaluationSeconds = {estimate.Evaluations.ToString(CultureInfo.InvariantCulture)} · {Number(Question.EvaluationSeconds)}",
            "by definition",
            "one evaluation after the other; in text, years of 365.25 days");
        yield return new CostOrigin("backpropSeconds", Measured is null ? "forward + backward"
            : $"median of {Measured.Backprops.Count} runs of value and gradient", "by definition");
        yield return new CostOrigin("speedup", $"seconds / backpropSeconds = {Number(estimate.Seconds)} / {Number(Question.BackpropSeconds)}",
            "by definition");
        yield return new CostOrigin("bestRelativeError", $"{Question.Scheme.FloorText()}, u = {u}", Errors,
            "relative to the value's magnitude over the step's, for derivatives of order 1");
        yield return new CostOrigin("verdict.noise", Question.Scheme == DifferenceScheme.ComplexStep
            ? $"u · component = {u} · {Number(estimate.TypicalComponent)}"
            : $"bestRelativeError · |value| = {Number(estimate.BestRelativeError)} · {Number(Math.Abs(Question.Value))}", Errors);
        yield return new CostOrigin("verdict.typicalComponent", $"‖g‖/√n = {Number(Question.GradientNorm)}/√{n}",
            "root mean square of the components");
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
