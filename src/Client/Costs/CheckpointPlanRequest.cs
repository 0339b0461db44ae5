using Backprop.Client.Derivatives;
using Backprop.Client.Values;

namespace Backprop.Client.Costs;

/// <summary>
/// What <c>POST /checkpoint-plans</c> takes: a chain of layers given by numbers, or a graph in one of the four ways of derivative requests. How much
/// memory there is is said by <c>checkpoints</c> or <c>memoryBudget</c>; without either, √n checkpoints are planned.
/// </summary>
public sealed record CheckpointPlanRequest : DerivativeRequest
{
    /// <summary>The number of layers of the chain, at most 100,000; may be left out where a list says it.</summary>
    public double? Layers { get; init; }

    /// <summary>The states that may be stored at a time, that before the first layer included: from 1 to the number of layers.</summary>
    public double? Checkpoints { get; init; }

    /// <summary>The most bytes: of states and activations for a chain, of working memory and results for a graph.</summary>
    public double? MemoryBudget { get; init; }

    /// <summary>
    /// Bytes that each layer keeps for its backward pass: one number, or one for each layer. Default: every layer keeps one activation, and bytes
    /// are not told.
    /// </summary>
    public PerLayer? Bytes { get; init; }

    /// <summary>Bytes of the state before each layer, from which it can be run again. Default: as many as the layer keeps.</summary>
    public PerLayer? BoundaryBytes { get; init; }

    /// <summary>Milliseconds of each layer's forward pass. Default: all layers take the same, and milliseconds are not told.</summary>
    public PerLayer? Milliseconds { get; init; }

    /// <summary>How much longer the backward pass of a chain takes than its forward pass. Default: 2.</summary>
    public double? BackwardToForward { get; init; }

    /// <summary>The shapes of a graph's inputs by name, in place of their values: a plan needs only the former.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? Shapes { get; init; }

    /// <summary>By what a graph is differentiated, as for <c>POST /gradients</c>.</summary>
    public IReadOnlyList<string>? Wrt { get; init; }

    /// <summary>The output of a graph that is differentiated, as for <c>POST /gradients</c>.</summary>
    public string? Output { get; init; }

    /// <summary>The cotangent of the output, as for <c>POST /gradients</c>; its values do not matter.</summary>
    public TensorValue? Seed { get; init; }
}
