using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>A graph that is an attribute of a node. It may be run several times; its initializers are declared once.</summary>
internal sealed class ImportedSubgraph
{
    private readonly OnnxGraph graph;
    private readonly ImportScope outer;
    private readonly ImportScope constants;
    private readonly string label;
    private readonly HashSet<string> locals;
    private readonly DefinitionEmission definition;

    /// <summary>Declares the initializers of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outer">The scope of the node.</param>
    /// <param name="label">The name of the node.</param>
    /// <param name="definition">Where constants and nodes are added.</param>
    /// <param name="unsupported">Collects the unsupported constructs found.</param>
    public ImportedSubgraph(OnnxGraph graph, ImportScope outer, string label, DefinitionEmission definition, Unsupported unsupported)
    {
        (this.graph, this.outer, this.label, this.definition) = (graph, outer, label, definition);
        locals = [.. graph.Inputs.Select(input => input.Name), .. graph.Nodes.SelectMany(node => node.Outputs)];
        HashSet<string> declared = [.. graph.Initializers.Select(tensor => tensor.Name)];
        constants = new ImportScope(outer.Sets, outer, null, label, declared);
        if (graph.SparseInitializers > 0)
        {
            unsupported.Add("sparse tensors", $"node '{label}'", label);
        }

        foreach (OnnxTensor tensor in graph.Initializers)
        {
            Declare(tensor, unsupported);
        }
    }

    /// <summary>The declared inputs.</summary>
    public IReadOnlyList<OnnxValue> Inputs => graph.Inputs;

    /// <summary>The declared outputs.</summary>
    public IReadOnlyList<OnnxValue> Outputs => graph.Outputs;

    /// <summary>Emits the nodes for these operands and returns the names of the results.</summary>
    /// <param name="nodes">Emits them.</param>
    /// <param name="operands">A name for each input.</param>
    public string[] Run(NodeImport nodes, IReadOnlyList<string> operands)
    {
        definition.Budget.Node();
        definition.Budget.Parts(locals.Count);
        var scope = new ImportScope(outer.Sets, constants, null, label, locals);
        for (int i = 0; i < operands.Count; i++)
        {
            scope.Bind(graph.Inputs[i].Name, operands[i]);
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            nodes.Import(node, scope);
        }

        return [.. graph.Outputs.Select(output => scope.NameOf(output.Name, definition.Fresh))];
    }

    private void Declare(OnnxTensor tensor, Unsupported unsupported)
    {
        if (tensor.Value is not { } value)
        {
            unsupported.Add($"element type {tensor.Type.Label()}", $"initializer '{tensor.Name}'", label);
            return;
        }

        string name = constants.NameOf(tensor.Name, definition.Fresh);
        definition.Types.Add(name, tensor.Type);
        definition.Add(new ConstantDefinition(name, new Literal(value, value.DType)));
    }
}
