using System.Text.Json;
using Backprop.Api.Derivatives;
using Backprop.Api.Limits;
using Backprop.Api.Requests;
using Backprop.Api.Telemetry;
using Backprop.Client;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Hot;

/// <summary>
/// Answers a request that differs from an earlier one in its values alone, from bytes to the cached plan. All others, and those in
/// which anything is wrong, take the ordinary way, which alone says what is wrong.
/// </summary>
/// <param name="plans">The plans of earlier requests.</param>
/// <param name="engine">Runs them.</param>
/// <param name="registry">Knows whether a name still stands for the same graph.</param>
/// <param name="limits">Limits of a value.</param>
/// <param name="json">How answers are written.</param>
public sealed class HotRequests(HotPlans plans, DerivativeEngine engine, GraphRegistry registry, IOptions<BackpropLimits> limits, IOptions<JsonOptions> json)
{
    private readonly TensorValueConverter converter = new(limits.Value.MaxElements);

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">The route that it asks.</param>
    /// <param name="ordinary">The ordinary way.</param>
    public async Task InvokeAsync(HttpContext context, string route, RequestDelegate ordinary)
    {
        JsonMediaType.Demand(context.Request);
        using PooledBody body = await PooledBody.ReadAsync(context.Request);
        ServerTiming timing = ServerTiming.Of(context);
        ServerTiming.Stopping parsing = timing.Measure(ServerTiming.Parse);
        (HotPlan? plan, Tensor[] inputs) = Find(route, body.Memory.Span);
        if (plan is not null && await IsCurrentAsync(plan, context))
        {
            parsing.Dispose();
            if (await RunAsync(context, plan, inputs, timing) is { } execution)
            {
                plans.CountAnswer();
                await JsonAnswer.WriteAsync(context, plan.Form, execution, json.Value.SerializerOptions);
                return;
            }
        }

        var request = new HotRequest(body, route);
        context.Features.Set(request);
        await ordinary(context);
        if (request.Learned is { } learned)
            Keep(request, learned.Asked, learned.Form);
    }

    private (HotPlan? Plan, Tensor[] Inputs) Find(string route, ReadOnlySpan<byte> body)
    {
        try
        {
            return InFront(route, body) ?? ByKey(route, body) ?? (null, []);
        }
        catch (Exception refused) when (refused is JsonException or FormatException or InvalidOperationException or GraphException)
        {
            return (null, []);
        }
    }

    private (HotPlan? Plan, Tensor[] Inputs)? InFront(string route, ReadOnlySpan<byte> body)
    {
        foreach (HotPlan plan in plans.Front)
        {
            if (plan.Route == route && plan.Template.MayFit(body) && plan.Template.Read(body, converter) is { } values && plan.Bind(values) is { } inputs)
                return (plan, inputs);
        }

        return null;
    }

    private (HotPlan? Plan, Tensor[] Inputs)? ByKey(string route, ReadOnlySpan<byte> body) =>
        Cut.All(body, converter) is { } cuts
        && plans.Find(HotPlans.Key(route, body, cuts)) is { } plan
        && plan.Bind([.. cuts.Select(cut => cut.Value)]) is { } inputs ? (plan, inputs) : null;

    // What is registered may be deleted or named anew, by another process as well.
    private async ValueTask<bool> IsCurrentAsync(HotPlan plan, HttpContext context) =>
        plan.GraphName is not { } name || await registry.IdOfAsync(name, context.RequestAborted) == plan.GraphId;

    private async ValueTask<Execution?> RunAsync(HttpContext context, HotPlan plan, Tensor[] inputs, ServerTiming timing)
    {
        CancellationToken cancellation = plan.IsBrief ? CancellationToken.None : (await RequestBudget.BindAsync(context)).Token;
        using var activity = BackpropTelemetry.Activities.StartActivity("derivative");
        activity?.SetTag("backprop.hot", true);
        try
        {
            Execution execution = engine.Run(plan.Compiled, inputs, cancellation);
            timing.Add(ServerTiming.Compile, 0);
            timing.Add(ServerTiming.Run, execution.Timing.RunMs);
            return execution;
        }
        catch (GraphException)
        {
            return null;
        }
    }

    private void Keep(HotRequest request, Asked asked, AnswerForm form)
    {
        ReadOnlySpan<byte> body = request.Body.Memory.Span;
        try
        {
            if (Cut.All(body, converter) is { } cuts && HotPlan.Of(request.Route, body, cuts, asked, form) is { } plan)
                plans.Put(HotPlans.Key(request.Route, body, cuts), plan);
        }
        catch (JsonException)
        {
            // A body that begins with a byte order mark: it is read in the ordinary way alone.
        }
    }
}
