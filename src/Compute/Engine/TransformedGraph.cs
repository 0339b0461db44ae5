using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>The graph that answers a query, of one point.</summary>
/// <param name="AuxiliaryInputs">The inputs for the further values, each with the value of the graph to which it belongs and which it follows in
/// type and batching.</param>
/// <param name="Results">The results.</param>
public record TransformedGraph(IReadOnlyList<(Node Input, Node Of)> AuxiliaryInputs, IReadOnlyList<KeyedNode> Results)
{
    /// <summary>The query that was compiled from this graph, with what is known of it without running.</summary>
    internal virtual CompiledQuery Describe(CompiledQuery compiled) => compiled;
}

/// <summary>A graph of which something is known without running it.</summary>
/// <typeparam name="TMetadata">What is known: mode and passes of a Jacobian, the structure of a trace.</typeparam>
/// <param name="AuxiliaryInputs">The inputs for the further values, as in <see cref="TransformedGraph"/>.</param>
/// <param name="Results">The results.</param>
/// <param name="Metadata">What is known.</param>
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
