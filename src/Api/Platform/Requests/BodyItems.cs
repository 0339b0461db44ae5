using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Json;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Platform.Requests;

/// <summary>Limits the lists and dictionaries of a body before any of them is made.</summary>
internal static class BodyItems
{
    /// <summary>Refuses a body that has more items in a list than a graph may have nodes.</summary>
    /// <param name="json">The body.</param>
    /// <param name="options">The options with which it will be read.</param>
    /// <param name="limits">What is allowed.</param>
    /// <typeparam name="T">The contract record.</typeparam>
    /// <exception cref="LimitException">It has.</exception>
    public static void RequireFew<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options, BackpropLimits limits)
    {
        if (JsonItems.PathPast(json, typeof(T), options, limits.MaxNodes) is { } path)
            throw new LimitException($"{BackpropLimits.Section}:{nameof(limits.MaxNodes)}", limits.MaxNodes,
                "more items in one list, or eight times as many in all lists", path);
    }
}
