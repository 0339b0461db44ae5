using System.Globalization;
using System.Text;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Answers with recorded steps as CSV (RFC 4180), read from the store part by part. What is not recorded is left empty.</summary>
/// <param name="store">Where they are stored.</param>
/// <param name="run">The run.</param>
/// <param name="after">Only steps after this one.</param>
/// <param name="upTo">Only steps up to this one.</param>
/// <param name="limit">At most so many.</param>
internal sealed class MetricCsv(ITrainingRunStore store, TrainingRun run, long after, long upTo, int limit) : IResult
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/csv";

    private const int Part = 2000;
    private const string Columns = "step,epoch,loss,validationLoss,gradientNorm,clippedNorm,learningRate";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ContentType + "; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"training-run-{run.Id}.csv\"";
        string[]? names = null;
        long position = after;
        for (int left = limit; left > 0;)
        {
            IReadOnlyList<StepMetrics> part = await store.ReadMetricsAsync(run.Id, position, upTo, Math.Min(left, Part), httpContext.RequestAborted);
            var text = new StringBuilder();
            if (names is null)
            {
                names = [.. part.Count > 0 ? part[0].Parameters?.Keys ?? [] : []];
                Header(text, names);
            }

            foreach (StepMetrics metric in part)
            {
                Row(text, metric, names);
            }

            await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
            if (part.Count == 0)
            {
                return;
            }

            (position, left) = (part[^1].Step, left - part.Count);
        }
    }

    private static void Header(StringBuilder text, string[] names)
    {
        text.Append(Columns);
        foreach (string name in names)
        {
            text.Append(',').Append(Quoted($"{name}.norm")).Append(',').Append(Quoted($"{name}.gradientNorm")).Append(',')
                .Append(Quoted($"{name}.updateRatio"));
        }

        text.Append("\r\n");
    }

    private static void Row(StringBuilder text, StepMetrics metric, string[] names)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"{metric.Step},{metric.Epoch},{metric.Loss},{metric.ValidationLoss},{metric.GradientNorm},{metric.ClippedNorm},{metric.LearningRate}");
        foreach (string name in names)
        {
            ParameterMetrics parameter = metric.Parameters![name];
            text.Append(CultureInfo.InvariantCulture, $",{parameter.Norm},{parameter.GradientNorm},{parameter.UpdateRatio}");
        }

        text.Append("\r\n");
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
