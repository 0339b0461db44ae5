using Backprop.Client.Derivatives;
using Backprop.Client.Values;

namespace Backprop.Client.Costs;

/// <summary>
/// The request body of <c>POST /checkpoint-plans</c>: a chain of layers given by numbers, or a graph in one of the four ways of derivative requests.
/// <c>checkpoints</c> or <c>memoryBudget</c> limits the memory; without either, √n checkpoints are planned.
/// </summary>
public sealed record CheckpointPlanRequest : DerivativeRequest
{
    /// <summary>The number of layers of the chain, at most 100,000; optional if a list states it.</summary>
    public double? Layers { get; init; }

    /// <summary>The states that may be stored at a time, including the one before the first layer: from 1 to the number of layers.</summary>
    public double? Checkpoints { get; init; }

    /// <summary>The maximum bytes: of states and activations for a chain, of working memory and results for a graph.</summary>
    public double? MemoryBudget { get; init; }

    /// <summary>
    /// Bytes that each layer keeps for its backward pass: one number, or one per layer. Default: every layer keeps one activation, and no bytes are
    /// reported.
    /// </summary>
    public PerLayer? Bytes { get; init; }

    /// <summary>Bytes of the state before each layer, from which it can be recomputed. Default: as many as the layer keeps.</summary>
    public PerLayer? BoundaryBytes { get; init; }

    /// <summary>Milliseconds of each layer's forward pass. Default: all layers take equally long, and no milliseconds are reported.</summary>
    public PerLayer? Milliseconds { get; init; }

    /// <summary>The ratio of the backward to the forward time of a chain. Default: 2.</summary>
    public double? BackwardToForward { get; init; }

    /// <summary>The shapes of a graph's inputs by name, instead of their values, which a plan does not need.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? Shapes { get; init; }

    /// <summary>What to differentiate a graph with respect to, as for <c>POST /gradients</c>.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output of a graph to differentiate, as for <c>POST /gradients</c>.</summary>
    public string? Output { get; init; }

    /// <summary>The cotangent of the output, as for <c>POST /gradients</c>; its values do not matter.</summary>
    public TensorValue? Seed { get; init; }
}
