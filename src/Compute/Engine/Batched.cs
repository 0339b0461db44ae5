using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <summary>The graph of the results over all points of a batch, or over the one point if there is no batch.</summary>
internal static class Batched
{
    /// <summary>Every batched input, every auxiliary input of a batched value, and every result gets the leading axis.</summary>
    public static Graph Apply(BoundGraph bound, TransformedGraph transformed, CancellationToken cancellationToken)
    {
        Node[] extras = [.. transformed.AuxiliaryInputs.Select(extra => extra.Input)];
        if (bound.Inputs.BatchSize is not { } size)
        {
            return new Graph([.. bound.Graph.Inputs, .. extras], Outputs(transformed.Results.Select(result => result.Node)), cancellationToken);
        }

        HashSet<string> names = [.. bound.Batch];
        HashSet<Node> batched = [.. bound.Graph.Inputs.Where(input => names.Contains(input.Name!))];
        Reachability varying = Reachability.Any(bound.Graph.Nodes, batched, cancellationToken);
        var replaced = new Dictionary<Node, Node>();
        Node[] inputs = [.. bound.Graph.Inputs.Select(input => batched.Contains(input) ? Replace(input) : input)];
        Node[] further = [.. transformed.AuxiliaryInputs.Select(extra => varying.Contains(extra.Of) ? Replace(extra.Input) : extra.Input)];
        Node[] results = Batching.Apply(bound.Builder, [.. transformed.Results.Select(result => result.Node)], replaced, size, cancellationToken);
        return new Graph([.. inputs, .. further], Outputs(results), cancellationToken);

        Node Replace(Node input) =>
            replaced[input] = bound.Builder.Input(input.Name!, new TensorType(input.DType, Shape.Of([size, .. input.Shape.Dims])));
    }

    // Their order alone tells which result each of them is.
    private static NamedNode[] Outputs(IEnumerable<Node> results) => [.. results.Select(node => new NamedNode(string.Empty, node))];
}
