using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Platform.Requests;

/// <summary>Limits the lists and dictionaries of a body before any of them is allocated.</summary>
internal static class BodyItems
{
    /// <summary>Rejects a body with a list that has more items than a graph may have nodes.</summary>
    /// <param name="json">The body.</param>
    /// <param name="options">The options for reading it.</param>
    /// <param name="limits">The limits.</param>
    /// <typeparam name="T">The contract record.</typeparam>
    /// <exception cref="LimitException">It has too many items.</exception>
    public static void RequireFew<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options, BackpropLimits limits)
    {
        if (JsonItems.PathPast(json, typeof(T), options, limits.MaxNodes) is { } path)
        {
            throw new LimitException($"{BackpropLimits.Section}:{nameof(limits.MaxNodes)}", limits.MaxNodes,
                "more items in one list, or eight times as many in all lists", path);
        }
    }
}
