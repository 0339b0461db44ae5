using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Values;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.FastPath;

/// <summary>A body whose plan is known.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Values">Its values.</param>
/// <param name="Inputs">The values in the plan's order and types.</param>
internal sealed record CacheHit(PreparedRequest Plan, PreparedValue[] Values, Tensor[] Inputs);

/// <summary>Finds the plan and the values of a body from its bytes.</summary>
/// <param name="plans">The plans of earlier requests.</param>
/// <param name="pool">Memory for decoded values.</param>
/// <param name="limits">The limits on a value.</param>
internal sealed class PreparedRequestLookup(PreparedRequestCache plans, BufferPool pool, IOptions<BackpropLimits> limits)
{
    private readonly TensorValueConverter converter = new(limits.Value.MaxElements);

    /// <summary>The plan and the values of a body; null if no plan is known or a value does not match it.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="key">The key of the body if it was looked up by one, so that it need not be computed again.</param>
    public CacheHit? Find(string route, ReadOnlySpan<byte> body, out string? key)
    {
        key = null;
        try
        {
            CacheHit? found = FindRecent(route, body) ?? FindByKey(route, body, out key);
            if (found is not null)
            {
                plans.CountAnswer();
            }

            return found;
        }
        catch (Exception refused) when (refused is JsonException or FormatException or InvalidOperationException or GraphException)
        {
            return null;
        }
    }

    /// <summary>Returns the memory of decoded values; they must not be used afterwards.</summary>
    public void Return(CacheHit found)
    {
        foreach (PreparedValue value in found.Values)
        {
            if (value.Decoded is { } decoded)
            {
                pool.Return(decoded);
            }
        }
    }

    /// <summary>Adds the plan of a request that took the ordinary path.</summary>
    /// <param name="request">The request; one that was refused is not kept.</param>
    public void Add(FastPathRequest request)
    {
        if (request.Answer is null)
        {
            return;
        }

        ReadOnlySpan<byte> body = request.Body.Memory.Span;
        try
        {
            if (ValueSpan.All(body, converter) is { } cuts && PreparedRequest.Of(request, cuts) is { } plan)
            {
                plans.Put(request.Key ?? PreparedRequestCache.Key(request.Route, body, cuts), plan);
            }
        }
        catch (JsonException)
        {
            // A body with a byte order mark is read only on the ordinary path.
        }
    }

    private CacheHit? FindRecent(string route, ReadOnlySpan<byte> body)
    {
        foreach (PreparedRequest plan in plans.Front)
        {
            // If only the types differ, the plan is found by them, so that the values are not read once for each plan here.
            if (plan.Route == route && plan.BodyTemplate.MayFit(body) && plan.BodyTemplate.Read(body, converter, pool) is { } values)
            {
                return plan.Bind(values) is { } inputs ? new CacheHit(plan, values, inputs) : null;
            }
        }

        return null;
    }

    private CacheHit? FindByKey(string route, ReadOnlySpan<byte> body, out string? key)
    {
        key = null;
        if (ValueSpan.All(body, converter) is not { } cuts)
        {
            return null;
        }

        key = PreparedRequestCache.Key(route, body, cuts);
        if (plans.Find(key) is not { } plan)
        {
            return null;
        }

        PreparedValue[] values = [.. cuts.Select(cut => new PreparedValue(cut.Value, null))];
        return plan.Bind(values) is { } inputs ? new CacheHit(plan, values, inputs) : null;
    }
}
