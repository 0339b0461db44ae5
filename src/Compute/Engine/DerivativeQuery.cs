using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>What is asked of a graph: how the graph of the answer is made, and the further values that it is fed.</summary>
/// <param name="Key">Tells questions about one graph apart; part of the plan's key.</param>
/// <param name="AuxiliaryInputs">Further values (seeds, tangents), in the order in which the answer's graph takes them.</param>
/// <param name="Build">Makes the graph of the answer, of one point.</param>
/// <param name="MarkUses">Whether uses are to be told apart.</param>
/// <param name="Checkpointing">Which values of the forward pass are kept, or null where nobody asks; the key tells it too.</param>
public sealed record DerivativeQuery(
    string Key,
    IReadOnlyList<AuxiliaryInput> AuxiliaryInputs,
    Func<BoundGraph, CancellationToken, TransformedGraph> Build,
    bool MarkUses = false,
    CheckpointStrategy? Checkpointing = null);

/// <summary>A further value.</summary>
/// <param name="Path">Where it stands in the request, for messages: <c>tangents.x</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct AuxiliaryInput(string Path, Literal Value);

/// <summary>The graph of an answer, of one point.</summary>
/// <param name="AuxiliaryInputs">The inputs for the further values, each with the value of the graph to which it belongs and which it follows in
/// type and batching.</param>
/// <param name="Results">The results.</param>
/// <param name="Facts">What is known without running: mode and passes of a Jacobian, the structure of a trace.</param>
public sealed record TransformedGraph(IReadOnlyList<(Node Input, Node Of)> AuxiliaryInputs, IReadOnlyList<NamedNode> Results, object? Facts = null);
