using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Json;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.FastPath;

/// <summary>A body whose plan is known.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Values">Its values.</param>
/// <param name="Inputs">The same in the plan's order and types.</param>
public sealed record Found(PreparedRequest Plan, PreparedValue[] Values, Tensor[] Inputs);

/// <summary>From the bytes of a body to its hot plan and its values.</summary>
/// <param name="plans">The plans of earlier requests.</param>
/// <param name="pool">Memory for decoded values.</param>
/// <param name="limits">Limits of a value.</param>
public sealed class PreparedRequestLookup(PreparedRequestCache plans, BufferPool pool, IOptions<BackpropLimits> limits)
{
    private readonly TensorValueConverter converter = new(limits.Value.MaxElements);

    /// <summary>The plan and the values of a body; null where no plan is known, or a value is not what the plan was made for.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="key">The key of the body, where it was looked up by one: whoever keeps its plan need not make it again.</param>
    public Found? Find(string route, ReadOnlySpan<byte> body, out string? key)
    {
        key = null;
        try
        {
            Found? found = InFront(route, body) ?? ByKey(route, body, out key);
            if (found is not null)
                plans.CountAnswer();
            return found;
        }
        catch (Exception refused) when (refused is JsonException or FormatException or InvalidOperationException or GraphException)
        {
            return null;
        }
    }

    /// <summary>Gives the memory of decoded values back; nobody may look at them any more.</summary>
    public void Return(Found found)
    {
        foreach (PreparedValue value in found.Values)
        {
            if (value.Decoded is { } decoded)
                pool.Return(decoded);
        }
    }

    /// <summary>Keeps the plan of a request that was answered in the ordinary way.</summary>
    /// <param name="request">The request; nothing is kept of one that was refused.</param>
    public void Keep(FastPathRequest request)
    {
        if (request.Learned is null)
            return;
        ReadOnlySpan<byte> body = request.Body.Memory.Span;
        try
        {
            if (ValueSpan.All(body, converter) is { } cuts && PreparedRequest.Of(request, cuts) is { } plan)
                plans.Put(request.Key ?? PreparedRequestCache.Key(request.Route, body, cuts), plan);
        }
        catch (JsonException)
        {
            // A body that begins with a byte order mark: it is read in the ordinary way alone.
        }
    }

    private Found? InFront(string route, ReadOnlySpan<byte> body)
    {
        foreach (PreparedRequest plan in plans.Front)
        {
            // Where the types differ alone another plan is found by them, without reading the values for each of the plans here.
            if (plan.Route == route && plan.BodyTemplate.MayFit(body) && plan.BodyTemplate.Read(body, converter, pool) is { } values)
                return plan.Bind(values) is { } inputs ? new Found(plan, values, inputs) : null;
        }

        return null;
    }

    private Found? ByKey(string route, ReadOnlySpan<byte> body, out string? key)
    {
        key = null;
        if (ValueSpan.All(body, converter) is not { } cuts)
            return null;
        key = PreparedRequestCache.Key(route, body, cuts);
        if (plans.Find(key) is not { } plan)
            return null;
        PreparedValue[] values = [.. cuts.Select(cut => new PreparedValue(cut.Value, null))];
        return plan.Bind(values) is { } inputs ? new Found(plan, values, inputs) : null;
    }
}
