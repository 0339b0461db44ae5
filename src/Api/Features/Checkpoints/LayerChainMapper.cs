using Backprop.Client.Costs;
using Backprop.Domain.Costs.Checkpoints;

namespace Backprop.Api.Features.Checkpoints;

/// <summary>Maps a validated request to a chain of layers.</summary>
internal static class LayerChainMapper
{
    /// <summary>The default ratio of the backward to the forward time.</summary>
    public const double BackwardToForward = 2;

    /// <summary>The lists of a request by member.</summary>
    public static IEnumerable<(string Member, PerLayer? Values)> Lists(CheckpointPlanRequest request) =>
        [("bytes", request.Bytes), ("boundaryBytes", request.BoundaryBytes), ("milliseconds", request.Milliseconds)];

    /// <summary>The number of layers: as stated, or the length of a list; null if the request has neither.</summary>
    public static double? Count(CheckpointPlanRequest request) =>
        request.Layers ?? Lists(request).FirstOrDefault(list => list.Values is { IsList: true }).Values?.Values.Count;

    /// <summary>Whether a request describes a chain rather than a graph.</summary>
    public static bool IsChain(CheckpointPlanRequest request) => request.Layers is not null || Lists(request).Any(list => list.Values is not null);

    /// <summary>The chain. Without bytes, every layer keeps 1, and the state before it takes 1.</summary>
    public static LayerCosts Costs(CheckpointPlanRequest request)
    {
        int count = (int)Count(request)!.Value;
        PerLayer bytes = request.Bytes ?? 1;
        return new LayerCosts(Each(bytes, count), Each(request.BoundaryBytes ?? bytes, count), Each(request.Milliseconds ?? 1, count));
    }

    private static double[] Each(PerLayer figure, int count) => figure.IsList ? [.. figure.Values] : [.. Enumerable.Repeat(figure.Values[0], count)];
}
