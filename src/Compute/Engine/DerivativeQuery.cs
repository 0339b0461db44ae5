using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>A derivative query: how to build the graph that computes the result, and the auxiliary inputs (seeds, tangents) it needs.</summary>
/// <param name="Key">Distinguishes queries about the same graph; part of the plan's key.</param>
/// <param name="AuxiliaryInputs">Auxiliary inputs, in the order in which the result graph takes them.</param>
/// <param name="Build">Builds the result graph for one point.</param>
/// <param name="MarkUses">Whether the uses of a value are distinguished.</param>
/// <param name="Checkpointing">Which values of the forward pass are kept, or null if checkpointing was not requested. Also part of the key.</param>
public sealed record DerivativeQuery(
    string Key,
    IReadOnlyList<AuxiliaryInput> AuxiliaryInputs,
    Func<BoundGraph, CancellationToken, TransformedGraph> Build,
    bool MarkUses = false,
    CheckpointStrategy? Checkpointing = null);

/// <summary>An auxiliary input.</summary>
/// <param name="Path">Its path in the request, for messages: <c>tangents.x</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct AuxiliaryInput(string Path, Literal Value);

/// <summary>The graph that computes a result for one point.</summary>
/// <param name="AuxiliaryInputs">The auxiliary inputs, each with the value of the graph that it belongs to and whose type and batching it
/// shares.</param>
/// <param name="Results">The results.</param>
/// <param name="Facts">What is known without running: the mode and the passes of a Jacobian, the structure of a trace.</param>
public sealed record TransformedGraph(IReadOnlyList<(Node Input, Node Of)> AuxiliaryInputs, IReadOnlyList<NamedNode> Results, object? Facts = null);
