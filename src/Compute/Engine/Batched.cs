using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Transformations;

namespace Backprop.Compute.Engine;

/// <summary>The result graph over all points of a batch, or over one point if there is no batch.</summary>
internal static class Batched
{
    /// <summary>Every batched input, every auxiliary input of a batched value, and every result gets the leading axis.</summary>
    public static Graph Apply(BoundGraph bound, TransformedGraph answer, CancellationToken cancellation)
    {
        Node[] extras = [.. answer.AuxiliaryInputs.Select(extra => extra.Input)];
        if (bound.Inputs.BatchSize is not { } size)
        {
            return new Graph([.. bound.Graph.Inputs, .. extras], answer.Results, cancellation);
        }

        HashSet<string> names = [.. bound.Batch];
        HashSet<Node> batched = [.. bound.Graph.Inputs.Where(input => names.Contains(input.Name!))];
        Reachability varying = Reachability.Any(bound.Graph.Nodes, batched, cancellation);
        var replaced = new Dictionary<Node, Node>();
        Node[] inputs = [.. bound.Graph.Inputs.Select(input => batched.Contains(input) ? Replace(input) : input)];
        Node[] further = [.. answer.AuxiliaryInputs.Select(extra => varying.Contains(extra.Of) ? Replace(extra.Input) : extra.Input)];
        Node[] results = Batching.Apply(bound.Builder, [.. answer.Results.Select(result => result.Node)], replaced, size, cancellation);
        return new Graph([.. inputs, .. further], [.. results.Select((node, i) => new NamedNode(answer.Results[i].Name, node))], cancellation);

        Node Replace(Node input) =>
            replaced[input] = bound.Builder.Input(input.Name!, new TensorType(input.DType, Shape.Of([size, .. input.Shape.Dims])));
    }
}
