using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>
/// Writes a graph as an ONNX model of operator set 17. An operator of this set is written as it is, any other as the primitives that define it, and a
/// primitive that ONNX lacks in our own domain, with a function that defines it for other programs if ONNX can compute it.
/// </summary>
public sealed class OnnxExport
{
    private readonly BoundGraph bound;
    private readonly ModelAssembly model;
    private readonly OperatorWriter operators;
    private readonly PrimitiveWriter primitives;
    private readonly CancellationToken cancellationToken;

    private OnnxExport(BoundGraph bound, CancellationToken cancellationToken)
    {
        (this.bound, this.cancellationToken) = (bound, cancellationToken);
        model = new ModelAssembly(bound, cancellationToken);
        operators = new OperatorWriter(bound, model);
        primitives = new PrimitiveWriter(model);
    }

    /// <summary>The model of a graph.</summary>
    /// <param name="bound">The typed graph: the model states the extents that it was typed with.</param>
    /// <param name="name">The name of the graph in the model.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public static OnnxModel Of(BoundGraph bound, string name, CancellationToken cancellationToken = default) =>
        new OnnxExport(bound, cancellationToken).Write(name);

    private OnnxModel Write(string name)
    {
        HashSet<int> needed = Needed();
        foreach (int place in bound.Order.Order.Where(needed.Contains))
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeDefinition node = bound.Order.Definition.Nodes[place];
            if (!operators.TryWrite(node, place))
            {
                Decompose(node);
            }
        }

        return model.Model(name);
    }

    // The nodes that an output depends on, also only for its shape: from the last node to the first, users come before their operands.
    private HashSet<int> Needed()
    {
        GraphDefinition definition = bound.Order.Definition;
        HashSet<string> values = [.. definition.Outputs];
        var needed = new HashSet<int>();
        foreach (int place in bound.Order.Order.Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeDefinition node = definition.Nodes[place];
            if (node.Outputs.Any(values.Contains))
            {
                needed.Add(place);
                values.UnionWith(node.Inputs.Where(input => !string.IsNullOrEmpty(input.Name)).Select(input => input.Name!));
                values.UnionWith(node.References.Select(reference => reference.Value));
            }
        }

        return needed;
    }

    // The primitives that compute the values of a node of the definition, up to the values of other nodes.
    private void Decompose(NodeDefinition node)
    {
        string[] outputs = [.. node.Outputs.Where(output => output.Length > 0)];
        var made = new Dictionary<Node, string>();
        foreach (string output in outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            made.TryAdd(bound.Values[output], output);
        }

        foreach (Node step in Steps(made.Keys))
        {
            string name = made.GetValueOrDefault(step) ?? model.FreshName(node.Name);
            primitives.Write(step, name);
            model.Name(step, name);
        }

        foreach (string output in outputs.Where(output => model.NameOf(bound.Values[output]) != output))
        {
            model.Add("Identity", [model.NameOf(bound.Values[output])], [output]);
        }
    }

    private IEnumerable<Node> Steps(IEnumerable<Node> made)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>(made);
        while (pending.TryPop(out Node? step))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!model.IsNamed(step) && step.Value is null && found.Add(step))
            {
                foreach (Node input in step.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return found.OrderBy(step => step.Id);
    }
}
