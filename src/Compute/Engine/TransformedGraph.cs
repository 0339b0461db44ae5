using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>The graph that computes a query, for one point.</summary>
/// <param name="AuxiliaryInputs">
/// The auxiliary inputs, each with the value of the graph to which it belongs and whose type and batching it has.
/// </param>
/// <param name="Results">The results.</param>
public record TransformedGraph(IReadOnlyList<(Node Input, Node Of)> AuxiliaryInputs, IReadOnlyList<KeyedNode> Results)
{
    /// <summary>The query that was compiled from this graph, with its metadata.</summary>
    internal virtual CompiledQuery Describe(CompiledQuery compiled) => compiled;
}

/// <summary>A graph with metadata that is known without a run.</summary>
/// <typeparam name="TMetadata">The metadata: mode and passes of a Jacobian, the structure of a trace.</typeparam>
/// <param name="AuxiliaryInputs">The auxiliary inputs, as in <see cref="TransformedGraph"/>.</param>
/// <param name="Results">The results.</param>
/// <param name="Metadata">The metadata.</param>
public sealed record TransformedGraph<TMetadata>(
    IReadOnlyList<(Node Input, Node Of)> AuxiliaryInputs, IReadOnlyList<KeyedNode> Results, TMetadata Metadata)
    : TransformedGraph(AuxiliaryInputs, Results)
{
    /// <inheritdoc/>
    internal override CompiledQuery Describe(CompiledQuery compiled) => new CompiledQuery<TMetadata>(compiled, Metadata);
}

/// <summary>A result by its key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Node">The node that computes it.</param>
public readonly record struct KeyedNode(ResultKey Key, Node Node);
