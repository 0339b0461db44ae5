using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Responses;
using Backprop.Api.Platform.Telemetry;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.FastPath;

/// <summary>
/// Answers a request that differs from an earlier one only in its values, from bytes to the cached plan. All others, and those with any fault, take
/// the ordinary path, which alone reports errors.
/// </summary>
/// <param name="lookup">Finds the plan of a body.</param>
/// <param name="engine">Runs it.</param>
/// <param name="registry">Knows whether a name still refers to the same graph.</param>
/// <param name="json">How answers are written.</param>
internal sealed class FastPathFilter(PreparedRequestLookup lookup, DerivativeEngine engine, GraphRegistry registry, IOptions<JsonOptions> json)
{
    // Up to this many bytes, values are found and read in well under a millisecond.
    private const int BriefBytes = 1 << 20;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">Its route.</param>
    /// <param name="ordinary">The ordinary path.</param>
    public async Task InvokeAsync(HttpContext context, string route, RequestDelegate ordinary)
    {
        JsonMediaType.Demand(context.Request);
        using PooledBody body = await PooledBody.ReadAsync(context.Request);
        if (body.Memory.Length > BriefBytes)
        {
            await ComputePermit.AcquireAsync(context);
        }

        ServerTiming timing = ServerTiming.Of(context);
        ServerTiming.Stopping parsing = timing.Measure(ServerTiming.Parse);
        if (lookup.Find(route, body.Memory.Span, out string? key) is { } found && await TryAnswerAsync(context, found, timing, parsing))
        {
            return;
        }

        var request = new FastPathRequest(body, route, key);
        context.Features.Set(request);
        context.Features.Set(body);
        await ordinary(context);
        lookup.Add(request);
    }

    private async ValueTask<bool> TryAnswerAsync(HttpContext context, CacheHit found, ServerTiming timing, ServerTiming.Stopping parsing)
    {
        if (!await IsCurrentAsync(found.Plan, context))
        {
            return false;
        }

        parsing.Dispose();
        try
        {
            if (await RunAsync(context, found, timing) is not { } execution)
            {
                return false;
            }

            await JsonAnswer.WriteAsync(context, found.Plan.Writer, execution, json.Value.SerializerOptions);
            engine.Recycle(execution);
        }
        finally
        {
            // The answer is written, so the values are no longer used.
            lookup.Return(found);
        }

        return true;
    }

    // A registered graph may be deleted or its name moved, also by another process.
    private async ValueTask<bool> IsCurrentAsync(PreparedRequest plan, HttpContext context)
    {
        if (plan.GraphName is not { } name)
        {
            return true;
        }

        CancellationToken cancellationToken = context.RequestAborted;
        string? id = context.Features.Get<ComputePermit>() is { } permit
            ? await permit.SuspendAsync(() => registry.IdOfAsync(name, cancellationToken), cancellationToken)
            : await registry.IdOfAsync(name, cancellationToken);
        return id == plan.GraphId;
    }

    // A run of well under a millisecond needs no permit, and one of a few milliseconds no other thread: waiting for them would take longer.
    private static async ValueTask<RequestBudget?> BudgetAsync(PreparedRequest plan, HttpContext context)
    {
        if (plan.IsBrief)
        {
            return null;
        }

        return plan.IsLong ? await RequestBudget.BindAsync(context) : await RequestBudget.StartAsync(context);
    }

    private async ValueTask<Execution?> RunAsync(HttpContext context, CacheHit found, ServerTiming timing)
    {
        CancellationToken cancellationToken = await BudgetAsync(found.Plan, context) is { } budget ? budget.Token : CancellationToken.None;
        using var activity = BackpropTelemetry.Activities.StartActivity("derivative");
        activity?.SetTag("backprop.hot", true);
        try
        {
            Execution execution = engine.Run(found.Plan.Query, found.Inputs, cancellationToken);
            if (execution.Bytes > BriefBytes)
            {
                MemoryHold.Of(context).Add(execution.Bytes);
            }

            timing.Add(ServerTiming.Compile, 0);
            timing.Add(ServerTiming.Run, execution.Timing.RunMs);
            return execution;
        }
        catch (GraphException)
        {
            return null;
        }
    }
}
