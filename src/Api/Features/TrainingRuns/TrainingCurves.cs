using Backprop.Api.Platform.Problems;
using Backprop.Client.Training;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Formats.Plots;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Draws the curves of a run.</summary>
/// <param name="store">Where its recorded steps are stored.</param>
/// <param name="run">The run.</param>
internal sealed class TrainingCurves(ITrainingRunStore store, TrainingRun run)
{
    private const int Part = 4000;
    private const int MostParameters = 12;

    /// <summary>The curves as an SVG document: those of the same kind share a chart.</summary>
    /// <param name="curves">What to draw.</param>
    /// <param name="named">The parameters whose ratios are drawn; empty for all.</param>
    /// <param name="isLogarithmic">Whether the vertical axes are logarithmic.</param>
    /// <param name="isDemanded">Whether a curve without points is an error.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProblemException">A curve or a parameter is not recorded (422).</exception>
    public async Task<string> DrawAsync(
        IReadOnlyList<TrainingCurve> curves, IReadOnlyList<string> named, bool isLogarithmic, bool isDemanded, CancellationToken cancellationToken)
    {
        StepMetrics? first = (await store.ReadMetricsAsync(run.Id, 0, long.MaxValue, 1, cancellationToken)).FirstOrDefault();
        Require(first, named);
        string[] parameters = named.Count > 0 ? [.. named.Distinct()] : [.. (first?.Parameters?.Keys ?? []).Take(MostParameters)];
        var read = curves.SelectMany(curve => Curves(curve, parameters)).ToList();
        await foreach (StepMetrics metric in ReadAsync(cancellationToken))
        {
            read.ForEach(curve => curve.Points.Add(metric.Step, curve.Value(metric)));
        }

        TrainingCurve[] missing = [.. curves.Where(curve => !read.Exists(one => one.Kind == curve && one.Points.Any))];
        if (isDemanded && run.MetricStep > 0 && missing.Length > 0)
        {
            throw new ProblemException(422, "metric", Missing(missing[0]));
        }

        var charts = read.Where(curve => curve.Points.Any || curve.Kind == TrainingCurve.Loss).GroupBy(curve => Title(curve.Kind))
            .Select(group => new LineChart(
                group.Key, new LineAxis("step", false), new LineAxis(group.Key, isLogarithmic), [.. group.Select(curve => curve.Line())], []));
        return LinePlotSvg.Render(new LinePlot($"Training run {run.Id}: {run.State.ToString().ToLowerInvariant()}, step {run.Step} of {run.Steps}",
            [.. charts]));
    }

    private async IAsyncEnumerable<StepMetrics> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long after = 0; after < run.MetricStep;)
        {
            IReadOnlyList<StepMetrics> part = await store.ReadMetricsAsync(run.Id, after, run.MetricStep, Part, cancellationToken);
            if (part.Count == 0)
            {
                yield break;
            }

            foreach (StepMetrics metric in part)
            {
                yield return metric;
            }

            after = part[^1].Step;
        }
    }

    private static void Require(StepMetrics? first, IReadOnlyList<string> named)
    {
        if (first is not null && named.FirstOrDefault(name => first.Parameters?.ContainsKey(name) != true) is { } unknown)
        {
            throw new ProblemException(422, "parameter", first.Parameters is { } known
                ? $"The run has no parameter '{unknown}'; it has {string.Join(", ", known.Keys.Take(MostParameters))}."
                : "The run does not record its parameters; record.parameters of POST /training-runs makes it do so.");
        }
    }

    private static string Missing(TrainingCurve curve) => curve switch
    {
        TrainingCurve.ValidationLoss => "The run has no validation loss; validation of POST /training-runs gives it one.",
        TrainingCurve.ClippedNorm => "The run does not clip gradients; clipNorm or clipValue of POST /training-runs makes it do so.",
        TrainingCurve.UpdateRatio => "The run does not record its parameters; record.parameters of POST /training-runs makes it do so.",
        _ => "Nothing of this is recorded.",
    };

    private static string Title(TrainingCurve curve) => curve switch
    {
        TrainingCurve.Loss or TrainingCurve.ValidationLoss => "loss",
        TrainingCurve.GradientNorm or TrainingCurve.ClippedNorm => "norm of the gradient",
        TrainingCurve.LearningRate => "learning rate",
        _ => "update / parameter",
    };

    private IEnumerable<Curve> Curves(TrainingCurve kind, string[] parameters) => kind switch
    {
        TrainingCurve.Loss => [New(kind, "training", metric => metric.Loss)],
        TrainingCurve.ValidationLoss => [New(kind, "validation", metric => metric.ValidationLoss)],
        TrainingCurve.GradientNorm => [New(kind, "before clipping", metric => metric.GradientNorm)],
        TrainingCurve.ClippedNorm => [New(kind, "after clipping", metric => metric.ClippedNorm)],
        TrainingCurve.LearningRate => [New(kind, "learning rate", metric => metric.LearningRate)],
        _ => parameters.Select(name => New(kind, name, metric => metric.Parameters?[name].UpdateRatio)),
    };

    private Curve New(TrainingCurve kind, string name, Func<StepMetrics, double?> value) => new(kind, name, value, new CurvePoints(run.MetricStep));

    private sealed record Curve(TrainingCurve Kind, string Name, Func<StepMetrics, double?> Value, CurvePoints Points)
    {
        public Line Line() => Points.Line(Name);
    }
}
