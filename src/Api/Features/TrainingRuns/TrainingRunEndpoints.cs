using System.Security.Claims;
using Backprop.Api.Features.Questions;
using Backprop.Api.Features.TrainingRuns.Execution;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Client.Training;
using Backprop.Domain.Training.Runs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Training runs: submitting them, looking at them, and telling them what to do.</summary>
internal static class TrainingRunEndpoints
{
    private const int MostListed = 100;

    /// <summary>Maps the routes.</summary>
    public static void MapTrainingRuns(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/training-runs").WithTags("Training").AllowOptionalLearner().PrivateNoStore();
        group.MapPost("", StartAsync).RequireCompute().WithValidation<TrainingRunRequest>().WithName("StartTrainingRun")
            .WithSummary("Start a training run")
            .WithDescription(
                "Minimizes the output of a graph over examples: zero, forward, loss, backward, clip, step. Optimizers, schedules and initializers " +
                "are those of PyTorch. The answer comes at once; the run is computed in the background, several at a time, and continues by itself " +
                "after the service was restarted. The same request gives the same numbers, with or without interruptions. Only its owner can see " +
                "a signed-in learner's run; anyone with the id can see the others. Repeating a request with the same `Idempotency-Key` returns the " +
                "same run. Runs that have ended are deleted after `Training:RetentionDays`.")
            .WithExample("XOR, 500 steps of Adam", TrainingRunExamples.Xor)
            .WithExample("A line through points, by gradient descent", TrainingRunExamples.Line)
            .WithExample("Three classes with mini-batches, warm-up and clipping", TrainingRunExamples.Classes)
            .WithExample("A sine, in so many steps that there is time to watch, pause and cancel", TrainingRunExamples.Long);
        routes.MapGroup("/training-runs").WithTags("Training").RequireLearner().PrivateNoStore().WithBodySize(BodySize.Short)
            .MapGet("", ListAsync).WithName("ListTrainingRuns")
            .WithSummary("List your training runs")
            .WithDescription("The runs of the signed-in learner, newest first, in pages of `limit`; `nextCursor` leads to the next page. Runs that " +
                "were submitted without signing in are not listed; their id leads to them.");
        RouteGroupBuilder run = group.MapGroup("/{id}").WithBodySize(BodySize.Short);
        run.MapGet("", GetAsync).WithName("GetTrainingRun")
            .WithSummary("Get a training run")
            .WithDescription("Its state, its progress and the time left. `step` counts the recorded steps; `checkpointStep` is the one whose " +
                "parameters can be read. `pending` is the state that takes effect after the current step.")
            .WithParameterExample("id", TrainingRunExamples.Id);
        run.MapPost("/pause", PauseAsync).WithName("PauseTrainingRun")
            .WithSummary("Pause a training run")
            .WithDescription("Takes effect between two steps; a long step is given up and done again later. A run that has ended gets 409.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        run.MapPost("/resume", ResumeAsync).WithName("ResumeTrainingRun")
            .WithSummary("Resume a paused training run")
            .WithDescription("It continues where it was paused, with the same numbers as if it had not been. A run that has ended gets 409.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        run.MapPost("/cancel", CancelAsync).WithName("CancelTrainingRun")
            .WithSummary("Cancel a training run")
            .WithDescription("Ends it between two steps. What it recorded is kept, and so are the parameters that it had reached. A run that has " +
                "ended otherwise gets 409.")
            .WithParameterExample("id", TrainingRunExamples.Id)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemWriter.ContentType);
        run.MapDelete("", DeleteAsync).WithName("DeleteTrainingRun")
            .WithSummary("Delete a training run")
            .WithDescription("With everything that it recorded, in any state.")
            .WithParameterExample("id", TrainingRunExamples.Id);
        run.MapTrainingResults();
    }

    private static async Task<Accepted<TrainingRunPage>> StartAsync(
        JsonBody<TrainingRunRequest> body, RequestBudget budget, ServerTiming timing, TrainingSubmissions submissions, TrainingRunService runs,
        TrainingWorker worker, ClaimsPrincipal user, HttpContext context, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        IdempotencyKey.Require(idempotencyKey);
        RunSubmission submission;
        using (timing.Measure(ServerTiming.Compile))
        {
            submission = await submissions.PrepareAsync(body.Value, budget);
        }

        budget.EndComputing();
        TrainingRun run = await runs.StartAsync(submission, user.LearnerId(), ClientAddress.Of(context), idempotencyKey, budget.Token);
        worker.Look(run.Id);
        return TypedResults.Accepted($"/training-runs/{run.Id}", TrainingRunMapper.Page(run));
    }

    private static async Task<Ok<TrainingRunList>> ListAsync(
        ITrainingRunStore store, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken,
        EnumQueryValue<TrainingRunState>? state = null, int limit = 20, string? cursor = null)
    {
        if (limit is < 1 or > MostListed)
        {
            throw new ProblemException(422, "limit", $"limit must lie between 1 and {MostListed}; got {limit}.");
        }

        TrainingRunListing page = await store.ListAsync(user.LearnerId()!, (RunState?)state?.Value, limit, cursor, cancellationToken);
        if (page.NextCursor is { } next)
        {
            string filter = state is { } wanted ? $"&state={System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(wanted.Value.ToString())}" : "";
            context.Response.Headers.Link = $"</training-runs?limit={limit}{filter}&cursor={Uri.EscapeDataString(next)}>; rel=\"next\"";
        }

        return TypedResults.Ok(new TrainingRunList { Items = [.. page.Items.Select(TrainingRunMapper.Page)], NextCursor = page.NextCursor });
    }

    private static async Task<Ok<TrainingRunPage>> GetAsync(
        string id, TrainingRunService runs, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok(TrainingRunMapper.Page(await runs.FindAsync(id, user.LearnerId(), cancellationToken)));

    private static Task<Accepted<TrainingRunPage>> PauseAsync(
        string id, TrainingRunService runs, TrainingWorker worker, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        CommandAsync(id, RunCommand.Pause, runs, worker, user, cancellationToken);

    private static Task<Accepted<TrainingRunPage>> ResumeAsync(
        string id, TrainingRunService runs, TrainingWorker worker, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        CommandAsync(id, RunCommand.Resume, runs, worker, user, cancellationToken);

    private static Task<Accepted<TrainingRunPage>> CancelAsync(
        string id, TrainingRunService runs, TrainingWorker worker, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        CommandAsync(id, RunCommand.Cancel, runs, worker, user, cancellationToken);

    private static async Task<Accepted<TrainingRunPage>> CommandAsync(
        string id, RunCommand command, TrainingRunService runs, TrainingWorker worker, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        TrainingRun run = await runs.CommandAsync(id, user.LearnerId(), command, cancellationToken);
        worker.Look(id);
        return TypedResults.Accepted($"/training-runs/{run.Id}", TrainingRunMapper.Page(run));
    }

    private static async Task<NoContent> DeleteAsync(
        string id, TrainingRunService runs, TrainingWorker worker, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await runs.DeleteAsync(id, user.LearnerId(), cancellationToken);
        worker.Look(id);
        return TypedResults.NoContent();
    }
}
