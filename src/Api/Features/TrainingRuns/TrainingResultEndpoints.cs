using System.Globalization;
using System.Security.Claims;
using System.Text;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.TrainingRuns.Events;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Training;
using Backprop.Client.Values;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>What a run has brought: metrics, events, curves and parameters.</summary>
internal static class TrainingResultEndpoints
{
    private const int MostListed = 10_000;

    /// <summary>Maps the routes of one run.</summary>
    /// <param name="run">The group of its routes.</param>
    public static void MapTrainingResults(this RouteGroupBuilder run)
    {
        run.MapGet("/metrics", MetricsAsync).WithName("GetTrainingMetrics")
            .WithSummary("Get the recorded steps of a training run")
            .WithDescription("Steps `from` … `to` in order, in pages of `limit`; `nextCursor` leads to the next page. `Accept: text/csv` returns a " +
                "table, without a limit unless one is given.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<TrainingMetricList>(StatusCodes.Status200OK, JsonMediaType.Plain).WithMetadata(new OtherFormat(MetricCsv.ContentType));
        run.MapGet("/events", EventsAsync).WithName("WatchTrainingRun")
            .WithSummary("Watch a training run")
            .WithDescription(
                "Server-sent events: `metric` for each recorded step, with the step as its id, and `state` whenever the state changes; the final " +
                "one ends the stream. Only what is stored is shown, a fraction of a second after it happened, so that nothing is taken back after " +
                "a crash. `Last-Event-ID` continues after that step; browsers send it by themselves. `curl -N` shows the events as they come.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<string>(StatusCodes.Status200OK, EventStream.ContentType)
            .Produces<Problem>(StatusCodes.Status429TooManyRequests, ProblemWriter.ContentType);
        run.MapGet("/plot", PlotAsync).RequireCompute().WithName("PlotTrainingRun")
            .WithSummary("Plot a training run")
            .WithDescription("An SVG picture of one or more curves over the steps: `loss` and `validationLoss` by default. `updateRatio` has one " +
                "curve per parameter, or for each `parameter` named; it needs a run with `record.parameters`.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<string>(StatusCodes.Status200OK, PreferredFormat.Svg);
        run.MapGet("/parameters", ParametersAsync).RequireCompute().WithName("GetTrainingParameters")
            .WithSummary("Get the parameters of a training run")
            .WithDescription("Those of the last checkpoint, or with `step=best` those with the smallest loss up to it. `Accept: application/onnx` " +
                "returns the graph with these parameters as its initializers; examples may have any number where the graph allows it.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType)
            .Produces<TrainingParameters>(StatusCodes.Status200OK, JsonMediaType.Plain).WithMetadata(new OtherFormat(OnnxMediaType.Name, "binary"));
    }

    private static async Task<IResult> MetricsAsync(
        string id, TrainingRunService runs, ITrainingRunStore store, ClaimsPrincipal user, HttpContext context, long? from = null, long? to = null,
        int? limit = null, string? cursor = null)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        bool isTable = PreferredFormat.Is(MetricCsv.ContentType, context.Request);
        (long first, long last) = (from ?? 0, to ?? long.MaxValue);
        Demand(first, last, limit, isTable ? int.MaxValue : MostListed);
        TrainingRun run = await runs.FindAsync(id, user.LearnerId(), context.RequestAborted);
        long after = Math.Max(cursor is null ? 0 : MetricCursor.Read(cursor), first - 1);
        if (isTable)
        {
            return new MetricCsv(store, run, after, last, limit ?? int.MaxValue);
        }

        int most = limit ?? 1000;
        IReadOnlyList<StepMetrics> found = await store.ReadMetricsAsync(run.Id, after, last, most, context.RequestAborted);
        string? next = found.Count == most && found[^1].Step < Math.Min(run.MetricStep, last) ? MetricCursor.Of(found[^1].Step) : null;
        if (next is not null)
        {
            string range = $"limit={most}" + (from is null ? "" : $"&from={from}") + (to is null ? "" : $"&to={to}");
            context.Response.Headers.Link = $"</training-runs/{run.Id}/metrics?{range}&cursor={next}>; rel=\"next\"";
        }

        return TypedResults.Ok(new TrainingMetricList { Items = [.. found.Select(TrainingRunMapper.Metric)], NextCursor = next });
    }

    private static async Task<IResult> EventsAsync(
        string id, TrainingRunService runs, EventFeeds feeds, ClaimsPrincipal user, HttpContext context,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        long after = 0;
        if (lastEventId is { Length: > 0 } && !(long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out after) && after >= 0))
        {
            throw new ProblemException(400, "Last-Event-ID", $"Last-Event-ID must be a step, the id of the last event; got '{lastEventId}'.");
        }

        TrainingRun run = await runs.FindAsync(id, user.LearnerId(), context.RequestAborted);
        return new EventStream(feeds, run, after);
    }

    private static async Task<IResult> PlotAsync(
        string id, TrainingRunService runs, ITrainingRunStore store, RequestBudget budget, ClaimsPrincipal user, HttpContext context,
        EnumQueryValue<TrainingCurve>[]? metric = null, EnumQueryValue<PlotScale>? scale = null, string[]? parameter = null)
    {
        TrainingRun run = await budget.SuspendAsync(cancellationToken => runs.FindAsync(id, user.LearnerId(), cancellationToken));
        var curves = new TrainingCurves(store, run);
        TrainingCurve[] asked = metric is { Length: > 0 } ? [.. metric.Select(one => one.Value).Distinct()]
            : [TrainingCurve.Loss, TrainingCurve.ValidationLoss];
        string picture = await curves.DrawAsync(asked, parameter ?? [], scale?.Value == PlotScale.Log, metric is { Length: > 0 },
            budget.Token);
        SecurityHeaders.ForPicture(context);
        return TypedResults.Text(picture, PreferredFormat.Svg, Encoding.UTF8);
    }

    private static async Task<IResult> ParametersAsync(
        string id, TrainingRunService runs, TrainedModels models, RequestBudget budget, ClaimsPrincipal user, HttpContext context,
        EnumQueryValue<TrainingStepChoice>? step = null, EnumQueryValue<ValueEncoding>? encoding = null)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        bool isBest = step?.Value == TrainingStepChoice.Best;
        TrainedParameters trained = await budget.SuspendAsync(
            cancellationToken => runs.ParametersAsync(id, user.LearnerId(), isBest, cancellationToken));
        if (PreferredFormat.Is(OnnxMediaType.Name, context.Request))
        {
            byte[] model = models.Model(trained, $"training-run-{id}", budget.Token);
            DataRates.Expect(context, model.Length);
            return TypedResults.Bytes(model, OnnxMediaType.Name, $"training-run-{id}-step-{trained.Step}.onnx");
        }

        return TypedResults.Ok(models.Parameters(trained, encoding?.Value, budget.Token));
    }

    private static void Demand(long from, long to, int? limit, int most)
    {
        if (limit is { } given && (given < 1 || given > most))
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {most}; got {given}.");
        }

        if (from < 0 || to < from)
        {
            throw new ProblemException(422, from < 0 ? "from" : "to", $"from must be at least 0, and to at least from; got {from} and {to}.");
        }
    }
}
