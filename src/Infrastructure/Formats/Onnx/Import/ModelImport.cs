using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Maps a model to a definition: its inputs, initializers and outputs. <see cref="NodeImport"/> maps its nodes.</summary>
internal sealed class ModelImport
{
    private readonly OnnxModel model;
    private readonly DefinitionEmission definition;
    private readonly Unsupported unsupported = new();
    private readonly NodeImport nodes;
    private readonly HashSet<string> given;
    private readonly CancellationToken cancellationToken;

    /// <summary>The import of one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="limits">The limits of the definition.</param>
    /// <param name="submitted">The submitted values.</param>
    /// <param name="evaluator">Computes the values that decide control flow.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public ModelImport(OnnxModel model, OnnxLimits limits, SubmittedValues submitted, Evaluator? evaluator, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        this.model = model;
        given = [.. submitted.Names];
        definition = new DefinitionEmission(limits, cancellationToken);
        nodes = new NodeImport(model.Functions, definition, unsupported, new KnownParts(definition, submitted, evaluator, limits, cancellationToken));
    }

    /// <summary>The definition.</summary>
    public GraphDefinition Definition()
    {
        OnnxGraph graph = model.Graph;
        ReserveNames(graph);
        ReadInitializers(graph);
        var scope = new ImportScope(new ImportedSets(model.OperatorSets));
        foreach (OnnxNode node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Import(node, scope);
        }

        foreach (OnnxValue output in graph.Outputs.Where(output => output.Container is not null))
        {
            unsupported.Add($"type {output.Container}", $"output '{output.Name}'");
        }

        unsupported.ThrowIfAny();
        return definition.Definition([.. graph.Outputs.Select(output => output.Name)]);
    }

    private void ReserveNames(OnnxGraph graph)
    {
        foreach (string name in graph.Inputs.Select(input => input.Name)
            .Concat(graph.Initializers.Select(tensor => tensor.Name))
            .Concat(graph.Nodes.SelectMany(node => node.Outputs)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            definition.Reserve(name);
        }
    }

    private void ReadInitializers(OnnxGraph graph)
    {
        HashSet<string> defaults = [.. graph.Initializers.Select(tensor => tensor.Name)];
        HashSet<string> replaced = [.. graph.Inputs.Select(input => input.Name).Where(name => defaults.Contains(name) && given.Contains(name))];
        foreach (OnnxValue input in graph.Inputs.Where(input => !defaults.Contains(input.Name) || replaced.Contains(input.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            definition.Add(Input(input));
        }

        foreach (OnnxTensor tensor in graph.Initializers.Where(tensor => !replaced.Contains(tensor.Name)))
        {
            if (tensor.Value is { } value)
            {
                definition.Types.Add(tensor.Name, tensor.Type);
                definition.Add(new ConstantDefinition(tensor.Name, new Literal(value, value.DType)));
            }
            else
            {
                unsupported.Add($"element type {tensor.Type.Label()}", $"initializer '{tensor.Name}'");
            }
        }

        if (graph.SparseInitializers > 0)
        {
            unsupported.Add("sparse tensors", $"{graph.SparseInitializers} initializers");
        }
    }

    private InputDefinition Input(OnnxValue input)
    {
        if (input.Container is not null)
        {
            unsupported.Add($"type {input.Container}", $"input '{input.Name}'");
        }
        else if (input.Type != OnnxElementType.Undefined && input.Type.DType() is null)
        {
            unsupported.Add($"element type {input.Type.Label()}", $"input '{input.Name}'");
        }

        definition.Types.Add(input.Name, input.Type);

        // An extent that is neither a number nor named gets a name of its own.
        Dimension[]? shape = input.Shape is null ? null
            : [.. input.Shape.Select((dim, axis) => dim.Symbol == string.Empty ? new Dimension(0, $"{input.Name}.{axis}") : dim)];
        return new InputDefinition(input.Name, input.Type.DType(), shape);
    }
}
